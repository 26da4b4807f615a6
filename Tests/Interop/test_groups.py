"""Groups saved by Celery are restored by the tool, and the other way round."""

import json

import pytest
from celery.result import AsyncResult, GroupResult
from django_celery_results.backends import DatabaseBackend
from django_celery_results.models import GroupResult as GroupRow
from interop.app import app
from support.contents import SERIALIZERS
from support.task_ids import new_id


def group_of(members, group_id=None, parent=None):
    return GroupResult(group_id or new_id(), members, parent=parent, app=app)


def new_task():
    return AsyncResult(new_id(), app=app)


def as_lists(value):
    """A value as JSON has it: tuples are lists there."""
    return json.loads(json.dumps(value))


def shown(tool, group_id, *arguments):
    return json.loads(tool.run("group", group_id, "--format", "json", *arguments).stdout)


def test_celery_to_tool(tool):
    tasks = [new_task() for _ in range(3)]
    group = group_of(tasks, parent=new_task())
    group.save()
    tool.store(tasks[0].id, "--result", "1")
    tool.store(tasks[2].id, "--exception", "ValueError", "--message", "bad")
    status = shown(tool, group.id)
    assert status["group_id"] == group.id
    assert status["parent"] == as_lists(group.parent.as_tuple())
    assert [(member["task_id"], member["status"]) for member in status["members"]] == [
        (tasks[0].id, "SUCCESS"), (tasks[1].id, "PENDING"), (tasks[2].id, "FAILURE")]
    for key, value in {
        "ready": group.ready(), "successful": group.successful(), "failed": group.failed(),
        "waiting": group.waiting(), "completed_count": group.completed_count(),
    }.items():
        assert status[key] == value, key


def test_nested_groups(tool):
    inner = group_of([new_task(), new_task()])
    group = group_of([new_task(), inner, new_task()])
    group.save()
    for number, task in enumerate([group[0], inner[0], group[2]]):
        tool.store(task.id, "--result", str(number))
    status = shown(tool, group.id)
    assert status["completed_count"] == group.completed_count() == 2
    assert status["ready"] is group.ready() is False
    assert status["members"][1]["group_id"] == inner.id
    tool.store(inner[1].id, "--result", "7")
    status = shown(tool, group.id)
    assert status["completed_count"] == group.completed_count() == 3
    assert status["successful"] is group.successful() is True
    # What join gives: a nested group is the list of its own.
    assert GroupResult.restore(group.id, app=app).join(timeout=10, disable_sync_subtasks=False) == [0, [1, 7], 2]
    waited = json.loads(tool.run("wait", "--group", group.id, "--timeout", "0", "--format", "json").stdout)
    assert [member["result"] for member in waited["members"][1]["members"]] == [1, 7]


def test_tool_to_celery(tool):
    group_id, ids = new_id(), [new_id() for _ in range(3)]
    tool.run("group", group_id, "--save", *ids)
    restored = GroupResult.restore(group_id, app=app)
    assert restored == group_of([AsyncResult(task_id, app=app) for task_id in ids], group_id)
    assert restored.parent is None
    assert not restored.ready()
    for number, task_id in enumerate(ids):
        tool.store(task_id, "--result", json.dumps({"number": number}))
    assert restored.join(timeout=10, disable_sync_subtasks=False) == [{"number": number} for number in range(3)]
    assert restored.completed_count() == 3
    tool.run("wait", "--group", group_id, "--timeout", "10")


def test_same_row(tool):
    """A group that the tool saves is, column by column, what Celery would have saved."""
    group_id, ids = new_id(), [new_id() for _ in range(3)]
    columns = ("content_type", "content_encoding", "result")
    tool.run("group", group_id, "--save", *ids)
    of_tool = GroupRow.objects.get(group_id=group_id)
    group_of([AsyncResult(task_id, app=app) for task_id in ids], group_id).save()
    of_celery = GroupRow.objects.get(group_id=group_id)
    assert [getattr(of_tool, name) for name in columns] == [getattr(of_celery, name) for name in columns]
    assert of_tool.id == of_celery.id and of_tool.date_created == of_celery.date_created
    # And the other way round: the row, its id and its first date stay.
    tool.run("group", group_id, "--save", ids[0])
    again = GroupRow.objects.get(group_id=group_id)
    assert again.id == of_celery.id and again.date_created == of_celery.date_created
    assert again.date_done > of_celery.date_done
    assert [result.id for result in GroupResult.restore(group_id, app=app)] == ids[:1]


@pytest.mark.parametrize("serializer", SERIALIZERS)
def test_content_types(serializer, tool):
    """A pickled group is a tuple of tuples, not an object: both sides read it."""
    backend = DatabaseBackend(app=app, serializer=serializer, accept=[serializer])
    of_celery = group_of([new_task(), group_of([new_task()])])
    of_celery.save(backend=backend)
    status = shown(tool, of_celery.id)
    assert status["members"][0]["task_id"] == of_celery[0].id
    assert status["members"][1]["members"][0]["task_id"] == of_celery[1][0].id
    group_id, ids = new_id(), [new_id(), new_id()]
    tool.run("group", group_id, "--save", *ids, CELERY_RESULT_SERIALIZER=serializer)
    restored = GroupResult.restore(group_id, backend=backend, app=app)
    assert restored == group_of([AsyncResult(task_id, app=app) for task_id in ids], group_id)
    columns = ("content_type", "content_encoding")
    rows = [GroupRow.objects.get(group_id=saved) for saved in (of_celery.id, group_id)]
    assert len({tuple(getattr(row, name) for name in columns) for row in rows}) == 1


def test_deleted(tool):
    group = group_of([new_task()])
    group.save()
    tool.run("group", group.id, "--delete")
    assert not GroupRow.objects.filter(group_id=group.id).exists()
    tool.run("group", group.id, exit_codes=(3,))
    tool.run("group", group.id, "--delete", exit_codes=(3,))
    # django-celery-results raises here where it means to pass.
    with pytest.raises(ValueError):
        group.delete()
