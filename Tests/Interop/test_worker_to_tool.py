"""Results that a real Celery worker stored are read by the tool as Celery itself reads them."""

import datetime

import pytest
from celery import chain, chord
from django_celery_results.models import TaskResult
from interop.app import app
from interop.tasks import add, fail, total
from support.cases import CASES
from support.metas import KEYS, assert_read_alike
from support.task_ids import new_id
from support.worker import running_worker


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "extended"])
def worker(request, tool, tmp_path_factory):
    with running_worker(tool.url, tmp_path_factory.mktemp("broker"), request.param) as worker:
        yield worker


@pytest.mark.parametrize("name", CASES)
def test_result_of(name, tool, worker):
    task, arguments, state = CASES[name]
    task_id = worker.send(task, *arguments)
    worker.wait_for_state(task_id, state)
    assert_read_alike(tool, task_id)


def test_started(tool, worker, tmp_path):
    task_id = worker.send("hold", str(tmp_path / "release"))
    worker.wait_for_state(task_id, "STARTED")
    assert_read_alike(tool, task_id)
    assert tool.get(task_id)["result"]["hostname"] == worker.hostname
    (tmp_path / "release").touch()
    worker.wait_for_state(task_id, "SUCCESS")
    assert_read_alike(tool, task_id)


@pytest.mark.parametrize("state", ["PROGRESS", "вплив 🎉"])
def test_custom_state(state, tool, worker, tmp_path):
    task_id = worker.send("report_progress", state, str(tmp_path / "release"))
    worker.wait_for_state(task_id, state)
    assert_read_alike(tool, task_id)
    assert tool.get(task_id)["status"] == state
    (tmp_path / "release").touch()


def test_expired(tool, worker):
    task_id = worker.send("add", 1, 1, expires=datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc))
    worker.wait_for_state(task_id, "REVOKED")
    assert_read_alike(tool, task_id)
    assert tool.get(task_id)["result"]["exc_message"] == ["expired"]


def test_revoked(tool, worker):
    # With a reply asked for, the worker knows the id before the task is sent.
    task_id = new_id()
    assert app.control.revoke(task_id, reply=True, timeout=10, limit=1)
    worker.send("add", 1, 1, task_id=task_id)
    worker.wait_for_state(task_id, "REVOKED")
    assert_read_alike(tool, task_id)
    assert tool.get(task_id)["result"]["exc_message"] == ["revoked"]


def test_terminated(tool, worker, tmp_path):
    task_id = worker.send("hold", str(tmp_path / "never"))
    worker.wait_for_state(task_id, "STARTED")
    app.control.revoke(task_id, terminate=True, signal="SIGKILL")
    worker.wait_for_state(task_id, "REVOKED")
    assert_read_alike(tool, task_id)
    assert tool.get(task_id)["result"]["exc_type"] == "TaskRevokedError"


@pytest.mark.parametrize("task", ["ignored", "ignored_failure", "raise_ignore", "raise_reject"])
def test_no_result_of(task, tool, worker, tmp_path):
    if task.startswith("raise"):
        # These are STARTED first, with a row of their own; they end without another store.
        task_id = worker.send(task, str(tmp_path / "ran"))
        worker.wait_for_state(task_id, "STARTED")
        assert_read_alike(tool, task_id)
        return
    task_id = worker.send(task, str(tmp_path / "ran"))
    worker.wait_for_state(worker.send("add", 1, 1), "SUCCESS")
    worker.wait_for_state(worker.send("add", 1, 1), "SUCCESS")
    assert (tmp_path / "ran").exists()
    assert tool.run("get", task_id, "--format", "json", exit_codes=(3,)).returncode == 3
    assert not TaskResult.objects.filter(task_id=task_id).exists()


def test_failed_chain(tool, worker):
    last = chain(add.s(1, 1), fail.si("several arguments"), add.s(1), add.s(2)).apply_async()
    elements = [last, last.parent, last.parent.parent]
    for element in elements:
        worker.wait_for_state(element.id, "FAILURE")
        assert_read_alike(tool, element.id)
    worker.wait_for_state(elements[-1].parent.id, "SUCCESS")
    assert_read_alike(tool, elements[-1].parent.id)


def test_chord(tool, worker):
    body = chord([add.s(1, 1), add.s(2, 2)])(total.s())
    worker.wait_for_state(body.id, "SUCCESS")
    assert_read_alike(tool, body.id)


def test_failed_chord(tool, worker):
    body = chord([add.s(1, 1), fail.s("a key error")])(total.s())
    worker.wait_for_state(body.id, "FAILURE")
    assert_read_alike(tool, body.id)
    assert tool.get(body.id)["result"]["exc_type"] == "ChordError"


def test_periodic_task_name(tool, worker):
    task_id = worker.send("add", 2, 3, headers={"periodic_task_name": "nächtlich 🎉"})
    worker.wait_for_state(task_id, "SUCCESS")
    assert_read_alike(tool, task_id)
    expected = TaskResult.objects.get(task_id=task_id).periodic_task_name
    assert expected == ("nächtlich 🎉" if worker.extended else None)
    assert tool.get(task_id)["periodic_task_name"] == expected


def test_extended_columns(tool, worker):
    """Shows that the extended half of this module does have what the other half has not."""
    task_id = worker.send("add", 2, kwargs={"y": 3})
    worker.wait_for_state(task_id, "SUCCESS")
    meta = tool.get(task_id)
    columns = [meta[key] for key in ("task_name", "task_args", "task_kwargs", "worker")]
    if worker.extended:
        assert columns == ["interop.tasks.add", "(2,)", "{'y': 3}", worker.hostname]
    else:
        assert columns == [None] * 4


def test_exception_is_printed_as_stored(tool, worker):
    task_id = worker.send("fail", "a class of the project")
    worker.wait_for_state(task_id, "FAILURE")
    meta = tool.get(task_id)
    assert set(KEYS) <= meta.keys()
    assert meta["result"] == {
        "exc_type": "CardRefused", "exc_message": ["no such card", 4711], "exc_module": "interop.errors"}
    assert ("CardRefused" in (meta["traceback"] or "")) == worker.extended
