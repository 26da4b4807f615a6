"""What others store while `celery-results migrate` runs is kept as they stored it."""

import pytest
from support.databases import query, throwaway_database
from support.django_migrations import assert_nothing_to_do
from support.programs import Tool
from support.rows import TASKS, read_all, task_after_migrating
from support.servers import NAMES
from support.starts import start
from support.totals import TOTALS
from support.writer import writing

LENGTH = "255"
ROWS = 20_000


@pytest.fixture(scope="module", params=NAMES)
def server(request, private):
    return private(request.param).server


def fill(url):
    """So many rows that a statement takes longer than storing a row."""
    columns = [name for (name,) in query(
        url, "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = %s"
        " AND column_name NOT IN ('id', 'task_id')", [TASKS])]
    names = ", ".join(columns)
    query(url, f"DELETE FROM {TASKS} WHERE task_id <> '8d4c1b6e-0001'")
    count = 1
    while count < ROWS:
        query(url, f"INSERT INTO {TASKS} (task_id, {names}) SELECT UUID(), {names} FROM {TASKS}")
        count *= 2


@pytest.mark.parametrize("level", ["0004", "0013"])
def test_writer_beside_migrate(level, server):
    with throwaway_database(server) as url:
        start(server, LENGTH, level).make(url)
        fill(url)
        with writing(url) as writer:
            before = writer.count
            Tool(url).migrate(DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=LENGTH)
            meanwhile = writer.count - before
        assert writer.errors == []
        TOTALS[f"a writer beside migrate: {server.name}"][f"statements from {level}"] = meanwhile
        assert meanwhile > 0
        stored = {row.pop("task_id"): row for row in read_all(url)[TASKS]}
        for task_id, row in writer.rows.items():
            found, expected = stored[task_id], task_after_migrating(row)
            if "date_created" not in row:
                assert found["date_created"] in writer.dates[task_id]
                expected["date_created"] = found["date_created"]
            assert found == {"id": found["id"], **{name: expected[name] for name in found if name != "id"}}
        assert_nothing_to_do(url, LENGTH)
