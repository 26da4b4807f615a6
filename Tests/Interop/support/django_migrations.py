"""Django's own migrations, run in this process: a process of its own for each would take the longest."""

import io
import sys
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections
from django.test import override_settings

from support.databases import django_connected_to

APP = "django_celery_results"
NAMES = (
    "0001_initial",
    "0002_add_task_name_args_kwargs",
    "0003_auto_20181106_1101",
    "0004_auto_20190516_0412",
    "0005_taskresult_worker",
    "0006_taskresult_date_created",
    "0007_remove_taskresult_hidden",
    "0008_chordcounter",
    "0009_groupresult",
    "0010_remove_duplicate_indices",
    "0011_taskresult_periodic_task_name",
    "0012_taskresult_date_started",
    "0013_taskresult_django_cele_periodi_1993cf_idx",
    "0014_alter_taskresult_status",
)


@contextmanager
def task_id_max_length(length):
    """Django with this setting, which the migrations read when they are imported."""
    forget_migrations()
    try:
        with override_settings(DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=int(length)):
            yield
    finally:
        forget_migrations()


def forget_migrations():
    for name in [name for name in sys.modules if name.startswith(f"{APP}.migrations")]:
        del sys.modules[name]


def django_migrate(url, length, *targets, after_statement=None, **options):
    """Runs `manage.py migrate django_celery_results`; returns what it prints."""
    def execute_and_tell(execute, sql, *arguments):
        result = execute(sql, *arguments)
        if after_statement:
            after_statement(sql)
        return result

    output = io.StringIO()
    with (
        task_id_max_length(length), django_connected_to(url),
        connections["default"].execute_wrapper(execute_and_tell),
    ):
        call_command("migrate", APP, *targets, skip_checks=True, no_color=True, stdout=output, **options)
    return output.getvalue()


def assert_nothing_to_do(url, length):
    """Django's `migrate --check` ends with exit code 1, here SystemExit, if a migration is not applied."""
    django_migrate(url, length, check_unapplied=True)
    assert "No migrations to apply." in django_migrate(url, length)
