"""From what Django or an old release left, `celery-results migrate` makes what Django's own migrate makes."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from support.databases import throwaway_database
from support.django_migrations import NAMES, assert_nothing_to_do, django_migrate
from support.programs import Tool
from support.rows import after_migrating, read_all
from support.schema import VIEWS, catalogue, create_statements, ledger
from support.servers import NAMES as SERVERS
from support.starts import EMPTY, LENGTHS, LEVELS, RELEASES, start
from support.totals import TOTALS


@pytest.fixture(scope="module", params=SERVERS)
def server(request, private):
    return private(request.param).server


@pytest.fixture(scope="module", params=LENGTHS)
def length(request):
    return request.param


@pytest.fixture(scope="module", params=[EMPTY, *LEVELS, *RELEASES])
def migrated(request, server, length):
    """Two databases that began alike: migrated by the tool, and by Django; and the rows before."""
    beginning = start(server, length, request.param)
    with throwaway_database(server) as ours, throwaway_database(server) as djangos:
        beginning.make(ours)
        beginning.make(djangos)
        before = read_all(ours)
        with ThreadPoolExecutor() as beside:
            running = beside.submit(Tool(ours).migrate, DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=length)
            django_migrate(djangos, length, verbosity=0)
            running.result()
        TOTALS[f"levels: {server.name}"]["upgrades compared with Django's"] += 1
        yield ours, djangos, before


def test_tables(migrated):
    ours, djangos, _ = migrated
    assert create_statements(ours) == create_statements(djangos)
    for view in VIEWS:
        assert catalogue(ours, view) == catalogue(djangos, view)


def test_rows(migrated):
    ours, djangos, before = migrated
    expected = after_migrating(before)
    assert read_all(djangos) == expected
    assert read_all(ours) == expected


def test_ledger(migrated):
    ours, djangos, _ = migrated
    assert ledger(djangos) == tuple(("django_celery_results", name) for name in NAMES)
    assert ledger(ours) == ledger(djangos)


def test_django_has_nothing_to_do(migrated, length):
    ours, _, before = migrated
    tables = create_statements(ours)
    assert_nothing_to_do(ours, length)
    assert create_statements(ours) == tables
