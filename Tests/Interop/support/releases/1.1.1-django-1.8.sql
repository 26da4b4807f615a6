-- django-celery-results 1.1.1, by Django 1.8 to 1.10, which name the indexes of db_index after the column alone.
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
  KEY django_celery_results_taskresult_662f707d (hidden),
  KEY django_celery_results_taskresult_b04ce9db (date_done),
  KEY django_celery_results_taskresult_9acb4454 (status),
  KEY django_celery_results_taskresult_8089900a (task_name)
);
INSERT INTO django_migrations (app, name, applied) VALUES
  ('django_celery_results', '0001_initial', '2019-06-01 10:00:00.100000'),
  ('django_celery_results', '0002_add_task_name_args_kwargs', '2019-06-01 10:00:00.200000'),
  ('django_celery_results', '0003_auto_20181106_1101', '2019-06-01 10:00:00.300000'),
  ('django_celery_results', '0004_auto_20190516_0412', '2019-06-01 10:00:00.400000');
