"""The tables that `celery-results migrate` makes equal those that Django's migrate makes, on every server."""

import pytest
from support.databases import throwaway_database
from support.programs import Tool, manage
from support.schema import TABLES, VIEWS, catalogue, create_statements, ledger
from support.servers import ALL


@pytest.fixture(scope="module", params=ALL)
def server(request):
    return request.param


@pytest.fixture(scope="module", params=["255", "191"])
def pair(request, server):
    """Two databases: made by the tool, and by Django."""
    setting = {"DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH": request.param}
    with throwaway_database(server) as ours, throwaway_database(server) as djangos:
        Tool(ours).migrate(**setting)
        manage(djangos, "migrate", "django_celery_results", **setting)
        yield ours, djangos, int(request.param)


@pytest.mark.parametrize("table", TABLES)
def test_create_statement_of(table, pair):
    ours, djangos, length = pair
    expected = create_statements(djangos)[table]
    assert create_statements(ours)[table] == expected
    if table != "django_migrations":
        assert f"varchar({length}) NOT NULL" in expected


@pytest.mark.parametrize("view", VIEWS)
def test_information_schema(view, pair):
    ours, djangos, _ = pair
    expected = catalogue(djangos, view)
    assert expected
    assert catalogue(ours, view) == expected


def test_ledger(pair):
    ours, djangos, _ = pair
    assert len(ledger(djangos)) == 14
    assert ledger(ours) == ledger(djangos)
