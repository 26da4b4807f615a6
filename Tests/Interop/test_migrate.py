"""A database that `celery-results migrate` made leaves Django's own migrate nothing to do."""

import pytest
from support.databases import query, throwaway_database
from support.programs import Tool, manage
from support.schema import create_statements
from support.servers import WITH_WORKERS

LENGTHS = {"default": {}, "191": {"DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH": "191"}}
APP = "django_celery_results"


@pytest.fixture(scope="module", params=WITH_WORKERS)
def server(request):
    return request.param


@pytest.fixture(scope="module", params=LENGTHS)
def migrated(request, server):
    """A database that the tool migrated, with the setting that it was made with."""
    with throwaway_database(server) as url:
        Tool(url).migrate(**LENGTHS[request.param])
        yield url, LENGTHS[request.param]


def test_django_plans_nothing(migrated):
    url, setting = migrated
    assert "No planned migration operations." in manage(url, "migrate", "--plan", APP, **setting)
    # Exit code 1 says that migrations have not been applied.
    manage(url, "migrate", "--check", APP, **setting)


def test_django_lists_all_migrations_as_applied(migrated):
    url, setting = migrated
    lines = manage(url, "showmigrations", APP, **setting).split("\n")
    migrations = [line.strip() for line in lines if line.startswith(" ")]
    assert len(migrations) == 14
    assert all(line.startswith("[X] ") for line in migrations)


def test_django_makes_no_migration(migrated):
    url, setting = migrated
    assert "No changes detected" in manage(url, "makemigrations", "--check", "--dry-run", APP, **setting)


def test_django_migrate_changes_nothing(migrated):
    url, setting = migrated
    before = create_statements(url)
    assert "No migrations to apply." in manage(url, "migrate", APP, **setting)
    assert create_statements(url) == before


def test_django_migrates_its_other_apps_beside_them(migrated):
    url, setting = migrated
    before = create_statements(url)
    output = manage(url, "migrate", **setting)
    assert "Applying auth.0001_initial... OK" in output
    assert f"Applying {APP}" not in output
    assert create_statements(url) == before


def test_migrate_again_changes_nothing(migrated):
    url, setting = migrated
    before = create_statements(url)
    ledger = query(url, "SELECT * FROM django_migrations ORDER BY id")
    Tool(url).migrate(**setting)
    assert create_statements(url) == before
    assert query(url, "SELECT * FROM django_migrations ORDER BY id") == ledger


def test_tool_accepts_what_django_made(server):
    with throwaway_database(server) as url:
        manage(url, "migrate", APP)
        before = create_statements(url)
        Tool(url).migrate()
        assert create_statements(url) == before
