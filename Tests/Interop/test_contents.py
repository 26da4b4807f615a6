"""Results in every serialiser of Celery's: written by Python and read by the tool, and the other way round."""

import json

import pytest
from celery.exceptions import TaskRevokedError
from celery.result import AsyncResult
from django_celery_results.models import TaskResult
from interop.app import app
from interop.errors import EXCEPTIONS, CardRefused
from kombu.exceptions import ContentDisallowed
from kombu.utils import json as kombu_json
from support.contents import CONTENTS, SERIALIZERS, backend, is_written, printed, sorted_sets
from support.metas import canonical, described
from support.task_ids import new_id

WRITTEN = [
    (serializer, name) for serializer in SERIALIZERS for name, value in CONTENTS.items()
    if is_written(serializer, value)]


def as_json(value):
    """The value as JSON that the tool takes, and as Python reads that; nothing if JSON has no form for it."""
    try:
        text = kombu_json.dumps(value)
    except (TypeError, ValueError):
        return None
    return text, kombu_json.loads(text)


FROM_JSON = [
    (serializer, name) for serializer in SERIALIZERS for name, value in CONTENTS.items() if as_json(value)]


def result_that_the_tool_prints(tool, task_id):
    return json.loads(tool.run("get", task_id, "--format", "json").stdout)


@pytest.mark.parametrize("serializer, name", WRITTEN)
def test_value_from_python(serializer, name, tool):
    task_id, value = new_id(), CONTENTS[name]
    backend(serializer).mark_as_done(task_id, value)
    # What the serialiser itself makes of the value, a list of a tuple say, is not the tool's doing.
    stored = backend(serializer).get_task_meta(task_id)["result"]
    found = result_that_the_tool_prints(tool, task_id)
    assert json.dumps(sorted_sets(found["result"]), sort_keys=True) == json.dumps(printed(stored), sort_keys=True)
    assert found["status"] == "SUCCESS"
    assert tool.run("get", task_id).stdout.startswith("task id")


@pytest.mark.parametrize("serializer", SERIALIZERS)
@pytest.mark.parametrize("name", EXCEPTIONS)
def test_exception_from_python(serializer, name, tool):
    task_id = new_id()
    backend(serializer).mark_as_failure(task_id, EXCEPTIONS[name](), traceback="Traceback")
    found = result_that_the_tool_prints(tool, task_id)["result"]
    raised = backend(serializer).get_task_meta(task_id)["result"]
    assert (found["exc_module"], found["exc_type"]) == (type(raised).__module__, type(raised).__qualname__)
    if name == "arguments that cannot be encoded" and serializer == "pickle":
        # Pickle does have a form for them: a class, a set, a complex number.
        assert [argument["__type__"] for argument in found["exc_message"][1:]] == ["object", "set", "object"]
    else:
        # An OSError is pickled with its file, which its args leave out.
        arguments = raised.__reduce__()[1] if serializer == "pickle" else raised.args
        assert json.dumps(found["exc_message"], sort_keys=True) == json.dumps(printed(arguments), sort_keys=True)


@pytest.mark.parametrize("serializer, name", FROM_JSON)
def test_value_from_the_tool(serializer, name, tool):
    task_id = new_id()
    text, value = as_json(CONTENTS[name])
    words = ("store", task_id, "--serializer", serializer, f"--result={text}")
    if not is_written(serializer, value):
        refused = tool.run(*words, exit_codes=(1,))
        assert "cannot be written" in refused.stderr
        assert not TaskResult.objects.filter(task_id=task_id)
        return
    tool.run(*words)
    assert canonical(AsyncResult(task_id, app=app, backend=backend(serializer)).get()) == canonical(value)


@pytest.mark.parametrize("serializer", SERIALIZERS)
@pytest.mark.parametrize("name, message, expected", [
    ("ValueError", "bad", ValueError("bad")),
    ("interop.errors.CardRefused", "no such card 🎉", CardRefused("no such card 🎉")),
    ("celery.exceptions.TaskRevokedError", "terminated", TaskRevokedError("terminated")),
])
def test_exception_from_the_tool(serializer, name, message, expected, tool):
    task_id = new_id()
    tool.run("store", task_id, "--serializer", serializer, "--exception", name, "--message", message)
    result = AsyncResult(task_id, app=app, backend=backend(serializer))
    assert described(result.result) == described(expected)
    with pytest.raises(type(expected)):
        result.get()


@pytest.mark.parametrize("serializer", SERIALIZERS)
def test_children_and_extended_fields(serializer, tool):
    task_id = new_id()
    tool.run(
        "store", task_id, "--serializer", serializer, "--result", "5", "--child", "child-1", "--task-name", "add",
        "--task-args", "(2, 'ü 🎉')", "--task-kwargs", "{'y': 3}", "--worker", "celery@h")
    result = AsyncResult(task_id, app=app, backend=backend(serializer))
    assert [child.id for child in result.children] == ["child-1"]
    assert (result.args, result.kwargs) == ("(2, 'ü 🎉')", "{'y': 3}")
    assert result_that_the_tool_prints(tool, task_id)["children"] == [[["child-1", None], None]]


def test_what_is_not_accepted_is_refused_by_celery(tool):
    task_id = new_id()
    tool.run("store", task_id, "--serializer", "pickle", "--result", "5")
    strict = backend("pickle")
    strict.accept = {"application/json"}
    with pytest.raises(ContentDisallowed):
        strict.get_task_meta(task_id)
