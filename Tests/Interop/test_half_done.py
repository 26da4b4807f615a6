"""`celery-results migrate` finishes a migration that Django left half done, which Django itself cannot."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from support.databases import throwaway_database
from support.django_migrations import django_migrate
from support.programs import Tool
from support.rows import after_migrating, read_all
from support.schema import create_statements, ledger, line_differences
from support.servers import FULL, NAMES
from support.starts import django_half_levels
from support.totals import TOTALS

LENGTH = "255"
AT_ONCE = 6


@pytest.fixture(scope="module", params=NAMES if FULL else NAMES[:2])
def server(request, private):
    return private(request.param).server


def test_finishes_what_django_left(server):
    with throwaway_database(server) as url:
        django_migrate(url, LENGTH, verbosity=0)
        tables, noted = create_statements(url), ledger(url)

    def faults(beginning):
        with throwaway_database(server) as url:
            beginning.make(url)
            before = read_all(url)
            try:
                Tool(url).migrate(DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=LENGTH)
            except AssertionError as error:
                return [f"{beginning.name}: {error}"]
            ours = create_statements(url)
            found = [f"{table} differs: {line_differences(ours[table], tables[table])}"
                     for table in tables if ours[table] != tables[table]]
            if ledger(url) != noted:
                found.append(f"the ledger differs: {ledger(url)}")
            if read_all(url) != after_migrating(before):
                found.append("rows differ")
            return [f"{beginning.name}: {fault}" for fault in found]

    beginnings = django_half_levels(server, LENGTH)
    assert len(beginnings) > 20
    with ThreadPoolExecutor(AT_ONCE) as threads:
        all_faults = [fault for found in threads.map(faults, beginnings) for fault in found]
    TOTALS[f"half done by Django: {server.name}"].update(
        {"databases": len(beginnings), "not finished as Django does": len(all_faults)})
    assert not all_faults, "\n".join(all_faults)
