"""Celery's backend with each serialiser, and what the tool prints for values that JSON has no form for."""

import datetime
import json

import django_celery_results.backends.database as database
from interop.app import app
from interop.values import VALUES
from kombu import serialization
from kombu.utils import json as kombu_json

SERIALIZERS = ("json", "pickle", "yaml", "msgpack")
CONTENTS = {
    **VALUES,
    "nested tuples": ((1, (2,)), [()]),
    "set": {1, "two"},
    "frozenset": frozenset([3]),
    "timedelta": datetime.timedelta(days=-3, seconds=5, microseconds=7),
    "dictionary with tuples for keys": {(1, 2): "a"},
    "all bytes": bytes(range(256)),
    "exceptions in a list": [ValueError("outer", KeyError("inner", (1, 2)))],
    "list that occurs twice": [VALUES["nested lists"]] * 2,
}


def backend(serializer):
    """Celery's own backend on the database, which writes with the serialiser and reads nothing else."""
    return database.DatabaseBackend(app, serializer=serializer, accept=[serializer])


def is_written(serializer, value):
    """Whether Python's serialiser writes the value, and reads what it has written."""
    try:
        content_type, content_encoding, content = serialization.dumps(value, serializer)
        serialization.loads(content, content_type, content_encoding, accept=[content_type])
    except Exception:
        return False
    return True


def printed(value):
    """What the tool prints for the value."""
    if isinstance(value, (list, tuple)):
        return [printed(element) for element in value]
    if isinstance(value, (set, frozenset)):
        return marked(type(value).__name__, sorted((printed(element) for element in value), key=json.dumps))
    if isinstance(value, dict):
        if all(isinstance(key, str) for key in value):
            return {key: printed(element) for key, element in value.items()}
        return marked("dict", [[printed(key), printed(element)] for key, element in value.items()])
    if isinstance(value, datetime.timedelta):
        return marked(
            "timedelta", {"days": value.days, "seconds": value.seconds, "microseconds": value.microseconds})
    if isinstance(value, BaseException):
        kind = type(value)
        return {
            "exc_type": kind.__qualname__, "exc_message": printed(value.args), "exc_module": kind.__module__}
    return json.loads(kombu_json.dumps(value))


def marked(name, value):
    return {"__type__": name, "__value__": value}


def sorted_sets(value):
    """What the tool has printed, with the elements of sets in the order of their text."""
    if isinstance(value, list):
        return [sorted_sets(element) for element in value]
    if isinstance(value, dict):
        plain = {key: sorted_sets(element) for key, element in value.items()}
        if plain.get("__type__") in ("set", "frozenset"):
            plain["__value__"].sort(key=json.dumps)
        return plain
    return value
