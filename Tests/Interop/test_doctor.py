"""What `celery-results doctor` says of tables that Django itself has made."""

import json

import pytest
from support.databases import query, throwaway_database
from support.programs import Tool, manage
from support.schema import create_statements
from support.servers import WITH_WORKERS

APP = "django_celery_results"
LEVELS = range(1, 15)


@pytest.fixture(scope="module", params=WITH_WORKERS)
def server(request):
    return request.param


def faults(url, *arguments, **setting):
    output = Tool(url).run("doctor", "--format", "json", *arguments, exit_codes=(0, 1), **setting).stdout
    findings = json.loads(output)["findings"]
    return [finding["kind"] for finding in findings if finding["severity"] == "fault"]


def test_tables_of_django_have_no_fault_but_their_level(server):
    setting = {"DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH": "191"}
    with throwaway_database(server) as url:
        for level in LEVELS:
            manage(url, "migrate", APP, f"{level:04}", **setting)
            assert faults(url, **setting) == (["old-level"] if level < 14 else []), level
        assert Tool(url).run("doctor", **setting).returncode == 0


def test_tables_that_only_the_ledger_has_are_made_as_django_makes_them(server):
    with throwaway_database(server) as url, throwaway_database(server) as other:
        manage(url, "migrate", APP, "--fake")
        manage(other, "migrate", APP)
        assert faults(url) == ["missing-table"] * 3
        assert faults(url, "--fix") == []
        assert create_statements(url) == create_statements(other)


def test_a_ledger_that_was_lost_is_written_again(server):
    with throwaway_database(server) as url:
        manage(url, "migrate", APP)
        query(url, "DELETE FROM django_migrations")
        assert faults(url) == ["missing-ledger-rows"]
        assert faults(url, "--fix") == []
        assert "No migrations to apply." in manage(url, "migrate", APP)
