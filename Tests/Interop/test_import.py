"""`celery-results import` brings over what Celery's own database backend (SQLAlchemy) has stored."""

import json

import pytest
from celery import Celery
from celery.app.task import Context
from celery.backends.database import DatabaseBackend
from celery.result import AsyncResult, GroupResult
from django_celery_results.models import GroupResult as GroupRow
from django_celery_results.models import TaskResult
from interop.app import app
from interop.errors import CardRefused
from kombu.utils import json as kombu_json
from support.contents import CONTENTS, backend, is_written
from support.databases import query, throwaway_database
from support.metas import canonical, described
from support.servers import WITH_WORKERS
from support.task_ids import new_id

REQUEST = Context(
    task="shop.charge", args=(2, "ü 🎉"), kwargs={"y": 3}, hostname="celery@h", delivery_info={}, retries=0)
EXCEPTIONS = [ValueError("bad", 3), CardRefused("no such card", 4711), ValueError(KeyError("inner"))]


class Old:
    """Celery's own database backend, with results of every kind in it."""

    def __init__(self, url, extended):
        celery = Celery("old", set_as_current=False)
        celery.conf.update(result_extended=extended, database_engine_options={"connect_args": {"charset": "utf8mb4"}})
        self.backend = DatabaseBackend(url=url, app=celery)
        self.values = {}
        for name, value in CONTENTS.items():
            # The column of a result is a BLOB of 64 KiB.
            if name != "long string":
                self.values[name] = new_id()
                self.backend.store_result(self.values[name], value, "SUCCESS", request=REQUEST)
        self.failures = [new_id() for _ in EXCEPTIONS]
        for task_id, exception in zip(self.failures, EXCEPTIONS):
            self.backend.mark_as_failure(task_id, exception, traceback="Traceback", request=REQUEST)
        self.group = GroupResult(
            new_id(), [AsyncResult(task_id, backend=self.backend) for task_id in self.values.values()])
        self.backend.save_group(self.group.id, self.group)
        # SQLAlchemy numbers the rows by a sequence where the server has any.
        query(url, "INSERT INTO celery_taskmeta (id, task_id, status) VALUES (9999, 'never-stored', 'PENDING')")


@pytest.fixture(scope="module", params=[True, False], ids=["extended", "plain"])
def old(request, tool):
    server = next(server for place in WITH_WORKERS for server in place.values if server.url_of("") in tool.url)
    with throwaway_database(server) as url:
        old = Old(url, request.param)
        old.url, old.extended = "db+" + url, request.param
        old.there_already = next(iter(old.values.values()))
        tool.store(old.there_already, "--result", '"stored before"')
        words = ("import", "--from", old.url, "--format", "json")
        old.dry = json.loads(tool.run(*words, "--dry-run").stdout)
        old.rows_after_dry_run = TaskResult.objects.filter(task_id__in=old.values.values()).count()
        old.first = json.loads(tool.run(*words).stdout)
        old.second = json.loads(tool.run(*words).stdout)
        yield old


def test_counts(old):
    count = len(old.values) + len(EXCEPTIONS)
    assert old.rows_after_dry_run == 1
    assert old.dry["tasks"] == {**old.first["tasks"]}
    assert old.first["tasks"]["imported"] == count - 1
    assert old.first["tasks"]["existing"] == 1
    assert old.first["tasks"]["pending"] == 1
    assert old.first["tasks"]["failed"] == 0
    assert old.first["groups"]["imported"] == 1
    assert 0 < old.first["tasks"]["kept_as_pickle"] < 12


def test_nothing_is_brought_over_twice(old):
    assert old.second["tasks"]["imported"] == old.second["groups"]["imported"] == 0
    assert old.second["tasks"]["existing"] == len(old.values) + len(EXCEPTIONS)
    assert AsyncResult(old.there_already, app=app).result == "stored before"


@pytest.mark.parametrize("name", [name for name in CONTENTS if name not in ("none", "long string")])
def test_value(name, old, tool):
    task_id, value = old.values[name], CONTENTS[name]
    row = TaskResult.objects.get(task_id=task_id)
    if is_written("json", value):
        assert (row.content_type, row.status) == ("application/json", "SUCCESS")
        assert canonical(AsyncResult(task_id, app=app).result) == canonical(kombu_json.loads(kombu_json.dumps(value)))
    else:
        assert row.content_type == "application/x-python-serialize"
        found = AsyncResult(task_id, app=app, backend=backend("pickle")).result
        assert repr(found) == repr(value)
    before = query(old.url.removeprefix("db+"), "SELECT date_done FROM celery_taskmeta WHERE task_id = %s", [task_id])
    assert row.date_done.replace(microsecond=0, tzinfo=None) == before[0][0]
    if old.extended:
        assert (row.task_name, row.worker) == ("shop.charge", "celery@h")
        shown = json.loads(tool.run("get", task_id, "--format", "json").stdout)
        assert (shown["task_args"], shown["task_kwargs"]) == ([2, "ü 🎉"], {"y": 3})


def test_exceptions(old):
    for task_id, exception in zip(old.failures, EXCEPTIONS):
        result = AsyncResult(task_id, app=app)
        assert result.state == "FAILURE"
        assert type(result.result) is type(exception)
        assert result.traceback == "Traceback"
    assert described(AsyncResult(old.failures[0], app=app).result) == described(EXCEPTIONS[0])


def test_group(old):
    group = GroupResult.restore(old.group.id, app=app)
    assert [member.id for member in group.results] == [member.id for member in old.group.results]
    assert GroupRow.objects.get(group_id=old.group.id).content_type == "application/json"
