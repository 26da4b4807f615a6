"""Results that the tool stored are read by Celery's AsyncResult as if a worker had stored them."""

import datetime
import json

import pytest
from celery.exceptions import TaskRevokedError
from celery.result import AsyncResult
from django_celery_results.models import TaskResult
from interop.app import app
from interop.errors import CardRefused
from interop.values import VALUES
from kombu.utils import json as kombu_json
from support.metas import canonical, described, read_by_celery
from support.task_ids import new_id

TRACEBACK = 'Traceback (most recent call last):\n  File "tasks.py", line 12, in charge\nValueError: Grüße 🎉\n'

# The longest argument that Linux passes to a program is 128 KiB; "long string" is below that.
STATES = {
    "STARTED": {"pid": 11619, "hostname": "celery@h"},
    "SUCCESS": {"total": 42},
    "PROGRESS": {"current": 3, "total": 10},
    "вплив 🎉": [1, 2],
}

EXCEPTIONS = {
    "FAILURE": ("ValueError", "bad", ValueError("bad")),
    "FAILURE of the project": ("interop.errors.CardRefused", "no such card", CardRefused("no such card")),
    "FAILURE with emoji": ("KeyError", "Grüße, 世界 🎉 'q' \"q\"", KeyError("Grüße, 世界 🎉 'q' \"q\"")),
    "RETRY": ("TimeoutError", "the bank did not answer", TimeoutError("the bank did not answer")),
    "REVOKED": ("celery.exceptions.TaskRevokedError", "terminated", TaskRevokedError("terminated")),
}


def assert_stored_now(result):
    age = datetime.datetime.now(datetime.timezone.utc) - result.date_done
    assert abs(age) < datetime.timedelta(minutes=1)


@pytest.mark.parametrize("state", STATES)
def test_state(state, tool):
    task_id = new_id()
    tool.store(task_id, "--state", state, "--result", json.dumps(STATES[state]))
    result = AsyncResult(task_id, app=app)
    assert result.state == state
    assert result.result == STATES[state]
    assert result.traceback is None
    assert not result.children
    assert_stored_now(result)


@pytest.mark.parametrize("name", EXCEPTIONS)
def test_exception(name, tool):
    task_id, state = new_id(), name.split()[0]
    exception, message, expected = EXCEPTIONS[name]
    tool.store(task_id, "--state", state, "--exception", exception, "--message", message, "--traceback", TRACEBACK)
    result = AsyncResult(task_id, app=app)
    assert result.state == state
    assert described(result.result) == described(expected)
    assert result.traceback == TRACEBACK
    assert not result.children
    assert_stored_now(result)


def test_get_raises_the_exception(tool):
    task_id = new_id()
    tool.store(task_id, "--state", "FAILURE", "--exception", "interop.errors.CardRefused", "--message", "no such card")
    with pytest.raises(CardRefused, match="no such card"):
        AsyncResult(task_id, app=app).get(timeout=10)


def spellings(value):
    """The value as JSON in Python's style, and as other programs write it."""
    yield kombu_json.dumps(value)
    compact = kombu_json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    try:
        compact.encode("utf-8")
    except UnicodeEncodeError:  # A lone surrogate has no other spelling.
        return
    yield compact


@pytest.mark.parametrize("name", VALUES)
def test_value(name, tool):
    for text in spellings(VALUES[name]):
        task_id = new_id()
        tool.store(task_id, "--state", "SUCCESS", f"--result={text}")
        assert canonical(AsyncResult(task_id, app=app).result) == canonical(kombu_json.loads(text))
        assert TaskResult.objects.get(task_id=task_id).result == kombu_json.dumps(VALUES[name])


def test_extended_fields(tool):
    task_id = new_id()
    tool.store(
        task_id, "--state", "SUCCESS", "--result", "5", "--task-name", "shop.charge", "--task-args", "(2, 'ü 🎉')",
        "--task-kwargs", "{'y': 3}", "--worker", "celery@h", "--periodic-task-name", "nächtlich")
    meta = read_by_celery(task_id)
    assert [meta[key] for key in ("task_name", "task_args", "task_kwargs", "worker")] == [
        "shop.charge", "(2, 'ü 🎉')", "{'y': 3}", "celery@h"]
    row = TaskResult.objects.get(task_id=task_id)
    assert row.periodic_task_name == "nächtlich"
    assert (row.content_type, row.content_encoding) == ("application/json", "utf-8")


def test_without_extended_fields(tool):
    task_id = new_id()
    tool.store(task_id, "--state", "SUCCESS", "--result", "5")
    row = TaskResult.objects.get(task_id=task_id)
    assert [row.task_name, row.task_args, row.task_kwargs, row.worker, row.periodic_task_name, row.traceback] == (
        [None] * 6)


def test_storing_again_replaces(tool):
    task_id = new_id()
    tool.store(task_id, "--state", "STARTED", "--result", "{}")
    first = TaskResult.objects.get(task_id=task_id)
    tool.store(task_id, "--state", "FAILURE", "--exception", "ValueError", "--message", "bad")
    second = TaskResult.objects.get(task_id=task_id)
    assert AsyncResult(task_id, app=app).state == "FAILURE"
    assert (second.id, second.date_created) == (first.id, first.date_created)
    assert second.date_done > first.date_done
    assert first.date_started is not None


def test_forgotten(tool):
    task_id = new_id()
    tool.store(task_id, "--state", "SUCCESS", "--result", "5")
    tool.run("forget", task_id)
    assert AsyncResult(task_id, app=app).state == "PENDING"
