"""Results and groups in caches: written by Celery and read by Swift, and the other way round."""

import datetime
import json
import subprocess
from decimal import Decimal

import pytest
from celery.app.task import Context
from celery.result import AsyncResult, GroupResult
from celery.states import SUCCESS
from django.core.management import call_command
from support.caches import django_cache, redis_cache
from support.databases import query
from support.task_ids import new_id

VALUES = {
    "none": None,
    "bool": True,
    "int": 5,
    "100 digits": int("1234567890" * 10),
    "float": 1e-05,
    "emoji": "🐍 漢字 \\ \" \x00",
    "lone surrogate": "a\ud800b",
    "nested": {"a": [1, {"b": None}], "é": []},
    "datetime": datetime.datetime(2024, 1, 2, 3, 4, 5, 678900, tzinfo=datetime.timezone.utc),
    "decimal": Decimal("1.10"),
    "bytes": b"\xff\xfe",
}


@pytest.fixture(params=["redis", "django-cache"])
def cache(request, tool):
    with redis_cache() if request.param == "redis" else django_cache(tool) as cache:
        cache.name = request.param
        yield cache


def request_of(task_id):
    return Context(
        id=task_id, task="proj.add", args=[2], kwargs={"y": 3}, hostname="celery@h", retries=1,
        delivery_info={"routing_key": "fast"}, group="g1", children=[])


@pytest.mark.parametrize("name", VALUES)
def test_value_of_celery_is_stored_again_by_swift(cache, name):
    """Celery writes, Swift reads and prints, Swift writes what it printed, Celery reads."""
    from kombu.utils.json import dumps, loads
    first, second = new_id(), new_id()
    cache.backend.store_result(first, VALUES[name], SUCCESS, request=request_of(first))
    meta = cache.swift_get(first)
    assert loads(json.dumps(meta["result"])) == VALUES[name]
    cache.swift("store", second, "SUCCESS", dumps(VALUES[name]))
    result = AsyncResult(second, app=cache.app)
    assert result.get(timeout=10) == VALUES[name]
    assert result.name == "swift.task"
    assert list(result.args) == [1, "é"]
    assert result.kwargs == {"k": None}
    assert result.date_done.tzinfo is not None
    assert result.children == []


def test_meta_of_celery_is_read_whole(cache):
    task_id = new_id()
    cache.backend.store_result(task_id, 5, SUCCESS, request=request_of(task_id))
    meta = cache.swift_get(task_id)
    assert meta["status"] == "SUCCESS"
    assert meta["task_name"] == "proj.add"
    assert meta["task_args"] == [2]
    assert meta["task_kwargs"] == {"y": 3}
    assert meta["worker"] == "celery@h"
    assert meta["retries"] == 1
    assert meta["queue"] == "fast"
    assert meta["group_id"] == "g1"
    assert meta["children"] == []
    age = datetime.datetime.now(datetime.timezone.utc) - datetime.datetime.fromisoformat(meta["date_done"])
    assert abs(age) < datetime.timedelta(minutes=1)


def test_failures_cross_both_ways(cache):
    task_id = new_id()
    try:
        raise ValueError("bad", 3)
    except ValueError as error:
        cache.backend.mark_as_failure(task_id, error, traceback="Traceback …", call_errbacks=False)
    meta = cache.swift_get(task_id)
    assert meta["status"] == "FAILURE"
    assert meta["traceback"] == "Traceback …"
    if cache.name == "redis":
        assert meta["result"] == {
            "exc_type": "ValueError", "exc_message": ["bad", 3], "exc_module": "builtins"}
    other = new_id()
    cache.swift("store", other, "FAILURE", json.dumps(
        {"exc_type": "KeyError", "exc_message": ["k"], "exc_module": "builtins"}))
    with pytest.raises(KeyError, match="k"):
        AsyncResult(other, app=cache.app).get(timeout=10)


def test_success_of_celery_stays(cache):
    task_id = new_id()
    cache.backend.store_result(task_id, 5, SUCCESS)
    cache.swift("store", task_id, "STARTED", "{}")
    assert AsyncResult(task_id, app=cache.app).get(timeout=10) == 5


def test_success_of_swift_stays(cache):
    task_id = new_id()
    cache.swift("store", task_id, "SUCCESS", "5")
    cache.backend.store_result(task_id, {}, "STARTED")
    assert cache.swift_get(task_id)["result"] == 5


def test_forgotten_by_the_other(cache):
    for forget in (lambda task: AsyncResult(task, app=cache.app).forget(), lambda task: cache.swift("forget", task)):
        task_id = new_id()
        cache.swift("store", task_id, "SUCCESS", "5")
        forget(task_id)
        assert cache.swift_get(task_id)["status"] == "PENDING"
        assert AsyncResult(task_id, app=cache.app).state == "PENDING"


def test_groups_cross_both_ways(cache):
    members = [new_id(), new_id()]
    saved = GroupResult(new_id(), [AsyncResult(member, app=cache.app) for member in members], app=cache.app)
    saved.save(backend=cache.backend)
    assert json.loads(cache.swift("group", saved.id)) == json.loads(json.dumps(saved.as_tuple()))
    group_id = new_id()
    cache.swift("save-group", group_id, *members)
    restored = GroupResult.restore(group_id, backend=cache.backend, app=cache.app)
    assert restored.id == group_id
    assert [result.id for result in restored.results] == members


def test_a_waiting_swift_is_woken_by_celery(cache):
    task_id = new_id()
    waiting = cache.start("wait", task_id)
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.wait(timeout=0.5)
    cache.backend.store_result(task_id, {"a": 1}, SUCCESS)
    assert json.loads(cache.finish(waiting))["result"] == {"a": 1}


def test_a_waiting_celery_is_woken_by_swift():
    """Celery's get waits for the message that is published; it does not ask again."""
    with redis_cache() as cache:
        task_id = new_id()
        result = AsyncResult(task_id, app=cache.app)
        cache.backend.result_consumer.consume_from(task_id)
        storing = cache.start("store", task_id, "SUCCESS", '{"a": 1}')
        assert result.get(timeout=60) == {"a": 1}
        cache.finish(storing)


def test_keys_and_expiry_are_celerys():
    with redis_cache() as cache:
        python, swift = new_id(), new_id()
        cache.backend.store_result(python, 5, SUCCESS)
        cache.swift("store", swift, "SUCCESS", "5")
        client = cache.backend.client
        lines = [client.get(f"celery-task-meta-{task_id}").decode() for task_id in (python, swift)]
        metas = [json.loads(line) for line in lines]
        own = ["status", "result", "traceback", "children", "date_done"]
        extended = ["name", "args", "kwargs", "worker", "retries", "queue"]
        assert list(metas[0]) == [*own, "task_id"]
        assert list(metas[1]) == [*own, *extended, "task_id"]
        for task_id in (python, swift):
            assert 500 < client.ttl(f"celery-task-meta-{task_id}") <= 600


def test_the_cache_table_is_the_one_that_django_makes(tool):
    tool.run("create-cache-table", "made_by_tool")
    call_command("createcachetable", "made_by_django")
    tables = [
        query(tool.url, f"SHOW CREATE TABLE {name}")[0][1].replace(name, "table")
        for name in ("made_by_tool", "made_by_django")]
    assert tables[0] == tables[1]
    assert "already exists" in tool.run("create-cache-table", "made_by_django").stdout
