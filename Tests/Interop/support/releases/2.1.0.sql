-- django-celery-results 2.1.0, by Django 3: its 0009 gives ids 191 characters and task_name 255, whatever the
-- setting, and makes indexes beside those of UNIQUE, which 0010 removes.
CREATE TABLE django_migrations (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  app varchar(255) NOT NULL,
  name varchar(255) NOT NULL,
  applied datetime(6) NOT NULL
);
CREATE TABLE django_celery_results_taskresult (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  task_id varchar(191) NOT NULL,
  status varchar(50) NOT NULL,
  content_type varchar(128) NOT NULL,
  content_encoding varchar(64) NOT NULL,
  result longtext,
  date_done datetime(6) NOT NULL,
  traceback longtext,
  meta longtext,
  task_args longtext,
  task_kwargs longtext,
  task_name varchar(255),
  worker varchar(100),
  date_created datetime(6) NOT NULL,
  UNIQUE KEY task_id (task_id),
  KEY django_cele_task_id_7f8fca_idx (task_id),
  KEY django_cele_task_na_08aec9_idx (task_name),
  KEY django_cele_status_9b6201_idx (status),
  KEY django_cele_worker_d54dd8_idx (worker),
  KEY django_cele_date_cr_f04a50_idx (date_created),
  KEY django_cele_date_do_f59aad_idx (date_done)
);
CREATE TABLE django_celery_results_chordcounter (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  group_id varchar(191) NOT NULL,
  sub_tasks longtext NOT NULL,
  `count` int unsigned NOT NULL CHECK (`count` >= 0),
  UNIQUE KEY group_id (group_id),
  KEY django_cele_group_i_299b0d_idx (group_id)
);
CREATE TABLE django_celery_results_groupresult (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  group_id varchar(191) NOT NULL,
  date_created datetime(6) NOT NULL,
  date_done datetime(6) NOT NULL,
  content_type varchar(128) NOT NULL,
  content_encoding varchar(64) NOT NULL,
  result longtext,
  UNIQUE KEY group_id (group_id),
  KEY django_cele_group_i_3cddec_idx (group_id),
  KEY django_cele_date_cr_bd6c1d_idx (date_created),
  KEY django_cele_date_do_caae0e_idx (date_done)
);
INSERT INTO django_migrations (app, name, applied) VALUES
  ('django_celery_results', '0001_initial', '2021-06-01 10:00:00.100000'),
  ('django_celery_results', '0002_add_task_name_args_kwargs', '2021-06-01 10:00:00.200000'),
  ('django_celery_results', '0003_auto_20181106_1101', '2021-06-01 10:00:00.300000'),
  ('django_celery_results', '0004_auto_20190516_0412', '2021-06-01 10:00:00.400000'),
  ('django_celery_results', '0005_taskresult_worker', '2021-06-01 10:00:00.500000'),
  ('django_celery_results', '0006_taskresult_date_created', '2021-06-01 10:00:00.600000'),
  ('django_celery_results', '0007_remove_taskresult_hidden', '2021-06-01 10:00:00.700000'),
  ('django_celery_results', '0008_chordcounter', '2021-06-01 10:00:00.800000'),
  ('django_celery_results', '0009_groupresult', '2021-06-01 10:00:00.900000');
