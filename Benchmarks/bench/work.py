"""What one process of a Celery backend does."""

import random
import threading
import time

from celery import states
from celery.utils import uuid


def result_of(size):
    """The result that everybody stores: {"total": 42, "text": "xxx…"}."""
    return {"total": 42, "text": "x" * (size - len('{"total": 42, "text": ""}'))}


def read_ids(path):
    with open(path) as file:
        return file.read().split()


def store(app, command):
    result = result_of(command["bytes"])
    backend = app.backend
    return lambda: backend.store_result(uuid(), result, states.SUCCESS)


def pairs(app, command):
    result = result_of(command["bytes"])
    backend = app.backend

    def once():
        task_id = uuid()
        backend.store_result(task_id, {"pid": 4711, "hostname": "celery@benchmark"}, states.STARTED)
        backend.store_result(task_id, result, states.SUCCESS)

    return once


def read(app, command):
    ids = read_ids(command["ids"])
    backend = app.backend

    def once():
        # The cache of the backend would answer what was read before.
        if backend.get_task_meta(random.choice(ids), cache=False)["status"] != states.SUCCESS:
            raise SystemExit("a result is missing")

    return once


WORK = {"store": store, "pairs": pairs, "read": read}


def wait(app, ids, ready):
    """django-celery-results waits for each id in a thread of its own; returns when each came, by the monotonic clock."""
    from django.db import connections

    returned = {}

    def get(task_id):
        app.AsyncResult(task_id).get()
        returned[task_id] = time.monotonic_ns()
        # Each thread of Django's has a connection of its own.
        connections.close_all()

    threads = [threading.Thread(target=get, args=(task_id,), daemon=True) for task_id in ids]
    for thread in threads:
        thread.start()
    ready()
    for thread in threads:
        thread.join(60)
    return {"returned": returned}


def cleanup(app):
    import resource

    usage = resource.getrusage(resource.RUSAGE_SELF)
    begin = time.monotonic()
    app.backend.cleanup()
    elapsed = time.monotonic() - begin
    after = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": elapsed,
        "client_cpu": after.ru_utime + after.ru_stime - usage.ru_utime - usage.ru_stime,
    }
