"""Makes the meta that Celery read and the one that the tool printed comparable."""

import datetime

from celery.result import ResultBase
from interop.app import app
from kombu.utils import json as kombu_json

KEYS = (
    "task_id", "status", "result", "traceback", "children", "date_done", "task_name", "task_args", "task_kwargs",
    "worker")


def canonical(value):
    """JSON text as kombu writes it: 1, 1.0 and true differ in it, and NaN equals itself."""
    return kombu_json.dumps(value, sort_keys=True)


def described(exception):
    return [type(exception).__module__, type(exception).__name__, canonical(exception.args)]


def comparable(meta):
    """The meta with exceptions, results and dates as plain values."""
    plain = {key: meta[key] for key in KEYS}
    if isinstance(plain["result"], BaseException):
        plain["result"] = described(plain["result"])
    if plain["children"]:
        plain["children"] = [as_tuple(child) for child in plain["children"]]
    if isinstance(plain["date_done"], datetime.datetime):
        plain["date_done"] = plain["date_done"].astimezone(datetime.timezone.utc).isoformat()
    return {key: canonical(value) for key, value in plain.items()}


def as_tuple(child):
    return child.as_tuple() if isinstance(child, ResultBase) else child


def read_by_celery(task_id):
    return app.backend.get_task_meta(task_id, cache=False)


def read_by_tool(tool, task_id):
    """The tool's meta, after Celery has made exceptions of what the tool printed for one."""
    meta = tool.get(task_id)
    meta["date_done"] = datetime.datetime.fromisoformat(meta["date_done"])
    return app.backend.meta_from_decoded(meta)


def assert_read_alike(tool, task_id):
    assert comparable(read_by_tool(tool, task_id)) == comparable(read_by_celery(task_id))
