"""The setting that django-celery-results gives for short index keys stops its own migrate; the tool goes on."""

import json

import pytest
from celery.result import AsyncResult
from interop.app import app
from support.databases import django_connected_to, query, throwaway_database
from support.django_migrations import NAMES
from support.programs import Tool, manage, run_django
from support.rows import after_migrating, insert_all, read_all
from support.schema import create_statements, ledger
from support.servers import servers
from support.task_ids import new_id

APP = "django_celery_results"
SETTING = {"DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH": "191"}
STOPPED_AT = "0013_taskresult_django_cele_periodi_1993cf_idx"


@pytest.fixture(scope="module", params=servers("MARIADB1011_COMPACT", "MYSQL97_COMPACT"))
def server(request):
    return request.param


# Without --fix the index covers the first 191 characters; with it the row format makes room for all.
@pytest.fixture(scope="module", params=[["--fix"], []], ids=["fix", "plain"])
def arguments(request):
    return request.param


@pytest.fixture(scope="module")
def stopped(server, arguments):
    """A database on which Django stopped, with rows that were stored since then; and how it stopped."""
    with throwaway_database(server) as url:
        done = run_django(url, "migrate", APP, exit_codes=(1,), **SETTING)
        insert_all(url)
        yield url, done.stderr


@pytest.fixture(scope="module")
def fixed(stopped, arguments):
    """The database after the tool's `migrate`, and the rows before."""
    url, _ = stopped
    before = read_all(url)
    Tool(url).migrate(*arguments, **SETTING)
    return url, before


def test_django_stops(stopped):
    url, errors = stopped
    assert "(1709, " in errors or "(1071, " in errors
    assert [name for _, name in ledger(url)] == list(NAMES[:NAMES.index(STOPPED_AT)])
    # Every new try ends like the first.
    assert run_django(url, "migrate", APP, exit_codes=(1,), **SETTING).stderr.splitlines()[-1] in errors


def test_rows_are_kept(fixed):
    url, before = fixed
    assert read_all(url) == after_migrating(before)


def test_index(fixed, arguments):
    url, _ = fixed
    characters = None if "--fix" in arguments else 191
    assert query(
        url, "SELECT index_name, sub_part FROM information_schema.statistics WHERE table_schema = DATABASE()"
        " AND column_name = 'periodic_task_name'") == (("django_cele_periodi_1993cf_idx", characters),)
    assert [name for _, name in ledger(url)] == list(NAMES)


def test_django_has_nothing_to_do(fixed):
    url, _ = fixed
    tables = create_statements(url)
    manage(url, "migrate", "--check", APP, **SETTING)
    assert "No migrations to apply." in manage(url, "migrate", APP, **SETTING)
    assert "No changes detected" in manage(url, "makemigrations", "--check", "--dry-run", APP, **SETTING)
    assert create_statements(url) == tables


def test_celery_stores_and_reads(fixed):
    url, _ = fixed
    task_id, value = new_id(), {"total": 42, "ключ": "🎉"}
    with django_connected_to(url):
        app.backend.store_result(task_id, value, "SUCCESS")
        assert AsyncResult(task_id, app=app).result == value
    assert Tool(url).get(task_id)["result"] == value


def test_tool_stores_and_celery_reads(fixed):
    url, _ = fixed
    task_id = new_id()
    Tool(url).store(task_id, "--state", "SUCCESS", "--result", json.dumps([1, "世界"]))
    with django_connected_to(url):
        assert AsyncResult(task_id, app=app).result == [1, "世界"]
