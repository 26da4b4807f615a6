"""Waiting for results: what it costs while nothing comes, and how soon a waiter wakes."""

import random
import time
from statistics import median
from uuid import uuid4

from . import contestants
from .programs import Failure, Program
from .server import TABLE, connect

DATABASE = "bench_waiting"
# When the first and the last result is stored, in seconds after the waiting began.
FIRST, LAST = 1, 10


def queries(run):
    if not run.wants("waiting_queries_per_s"):
        return
    path = write_new_ids(run, 10_000)
    for _ in range(1 if run.quick else 3):
        program = Program(contestants.driver_words(run, "wait", DATABASE, wait=False, ids=path))
        try:
            program.wait_until_ready()
            time.sleep(2)
            seconds = max(2, run.seconds)
            before, begin = run.server.counters(), time.monotonic()
            time.sleep(seconds)
            after, elapsed = run.server.counters(), time.monotonic() - begin
        finally:
            program.stop()
        run.ratio("waiting_queries_per_s", (after["Questions"] - before["Questions"] - 1) / elapsed)


def wakes(run):
    polls, pushes = ("wake_poll_ms", "wake_poll_over_dcr"), ("wake_push_ms", "wake_push_over_dcr")
    if not run.wants(*polls, *pushes):
        return
    if run.push_server is None:
        for name in pushes:
            run.skip(name, "there is no server that writes a binary log")
    for _ in range(2 if run.quick else 3):
        dcr = woken(run, run.server, with_dcr(run), 50)
        if run.wants(*polls):
            ours = woken(run, run.server, with_driver(run, run.server), 1_000)
            run.ratio("wake_poll_ms", ours)
            run.ratio("wake_poll_over_dcr", ours / dcr)
        if run.push_server is not None and run.wants(*pushes):
            ours = woken(run, run.push_server, with_driver(run, run.push_server, push=True), 1_000)
            run.ratio("wake_push_ms", ours)
            run.ratio("wake_push_over_dcr", ours / dcr)
        run.figure("wake, django-celery-results' get(), p50 ms", round(dcr, 1))


def with_driver(run, server, **options):
    """Waits in the driver: returns a function that starts it and gives an iterator over what returned."""
    def start(path, _):
        words = contestants.driver_words(run, "wait", DATABASE, wait=False, ids=path, **options)
        words[words.index("--url") + 1] = server.database_url(DATABASE)
        program = Program(words)
        program.wait_until_ready()
        return program

    def finish(program, ids):
        returned = {}
        while len(returned) < len(ids):
            moment, _, task_id = program.line().partition(" ")
            returned[task_id] = int(moment)
        program.close()
        return returned

    return start, finish


def with_dcr(run):
    def start(path, _):
        program = run.peer("dcr", DATABASE)
        program.begin(work="wait", ids=path)
        return program

    def finish(program, _):
        return program.answer()["returned"]

    return start, finish


def woken(run, server, waiting, count):
    """The median of the milliseconds from the moment a store returned to that in which its waiter did."""
    start, finish = waiting
    path = write_new_ids(run, count)
    with open(path) as file:
        ids = file.read().split()
    program = start(path, ids)
    stored = store_all(server, ids)
    returned = finish(program, ids)
    missing = [task_id for task_id in ids if task_id not in returned]
    if missing:
        raise Failure(f"{len(missing)} of {count} waiters did not return")
    return median(max(0, returned[task_id] - stored[task_id]) / 1e6 for task_id in ids)


def store_all(server, ids):
    """Stores all from this process, spread over time; returns when each store returned."""
    begin = time.monotonic()
    connection = connect(server.database_url(DATABASE))
    stored = {}
    try:
        cursor = connection.cursor()
        for moment, task_id in sorted((random.uniform(FIRST, LAST), task_id) for task_id in ids):
            time.sleep(max(0, begin + moment - time.monotonic()))
            cursor.execute(
                f"INSERT INTO {TABLE} (task_id, status, content_type, content_encoding, result, meta, date_done, "
                "date_created) VALUES (%s, 'SUCCESS', 'application/json', 'utf-8', %s, %s, UTC_TIMESTAMP(6), "
                "UTC_TIMESTAMP(6))", [task_id, '{"total": 42, "text": "x"}', '{"children": null}'])
            stored[task_id] = time.monotonic_ns()
    finally:
        connection.close()
    return stored


def write_new_ids(run, count):
    path = f"{run.folder}/waited-for"
    with open(path, "w") as file:
        file.writelines(f"{uuid4()}\n" for _ in range(count))
    return path
