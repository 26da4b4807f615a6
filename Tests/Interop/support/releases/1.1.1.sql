-- django-celery-results 1.1.1, by Django 2: task_id as the setting says, task_name 255 whatever the setting.
CREATE TABLE django_migrations (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  app varchar(255) NOT NULL,
  name varchar(255) NOT NULL,
  applied datetime(6) NOT NULL
);
CREATE TABLE django_celery_results_taskresult (
  id int NOT NULL AUTO_INCREMENT PRIMARY KEY,
  task_id varchar({length}) NOT NULL,
  status varchar(50) NOT NULL,
  content_type varchar(128) NOT NULL,
  content_encoding varchar(64) NOT NULL,
  result longtext,
  date_done datetime(6) NOT NULL,
  traceback longtext,
  hidden tinyint(1) NOT NULL,
  meta longtext,
  task_args longtext,
  task_kwargs longtext,
  task_name varchar(255),
  UNIQUE KEY task_id (task_id),
  KEY django_celery_results_taskresult_hidden_cd77412f (hidden),
  KEY django_celery_results_taskresult_date_done_49edada6 (date_done),
  KEY django_celery_results_taskresult_status_cbbed23a (status),
  KEY django_celery_results_taskresult_task_name_90987df3 (task_name)
);
INSERT INTO django_migrations (app, name, applied) VALUES
  ('django_celery_results', '0001_initial', '2019-06-01 10:00:00.100000'),
  ('django_celery_results', '0002_add_task_name_args_kwargs', '2019-06-01 10:00:00.200000'),
  ('django_celery_results', '0003_auto_20181106_1101', '2019-06-01 10:00:00.300000'),
  ('django_celery_results', '0004_auto_20190516_0412', '2019-06-01 10:00:00.400000');
