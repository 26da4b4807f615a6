"""A purge of nine tenths of a table, with a writer beside it and without."""

import time

from . import contestants
from .programs import Program
from .rows import fill
from .server import TABLE

DATABASE = "bench_purge"
# The writer pauses so many microseconds after each store.
PAUSE = 1_000


def purge(run):
    names = ("purge_p999_over_idle", "purge_memory_mb")
    if not run.wants(*names, "unpaced"):
        return
    run.server.make_database(DATABASE)
    expired = run.purge_rows * 9 // 10
    if run.wants(*names):
        for _ in range(1 if run.quick else 3):
            beside_a_writer(run, expired)
    if not run.only or "unpaced" in run.only:
        unpaced(run, expired)


def beside_a_writer(run, expired):
    fill_table(run, expired)
    idle = writer(run, lambda: time.sleep(max(2, run.seconds * 4)))
    answers = []
    busy = writer(run, lambda: answers.append(driver_purge(run)))
    check(run, answers[0], expired)
    run.ratio("purge_p999_over_idle", busy["p999_us"] / idle["p999_us"])
    run.ratio("purge_memory_mb", answers[0]["memory_mb"])
    for name, result in (("without a purge", idle), ("beside the purge", busy)):
        run.figure(f"writer {name}", {
            key: round(result[key]) for key in ("per_second", "p50_us", "p99_us", "p999_us", "max_us")})
    run.figure("purge beside a writer", rounded(answers[0]))


def writer(run, meanwhile):
    """Stores one row after the other, with a pause, until `meanwhile` has returned."""
    program = Program(contestants.c_words(
        run, "store", DATABASE, form="safe", rows=1, connections=1, seconds=3_600, pause=PAUSE))
    try:
        program.wait_until_ready()
        program.send()
        meanwhile()
        program.process.terminate()
        return program.answer()
    finally:
        program.close()


def driver_purge(run, **options):
    program = Program(contestants.driver_words(run, "purge", DATABASE, **options))
    try:
        program.wait_until_ready()
        return with_server_cpu(run, program)
    finally:
        program.close()


def with_server_cpu(run, program):
    begin = run.server.processor_seconds()
    program.send()
    answer = program.answer()
    answer["server_cpu"] = run.server.processor_seconds() - begin
    return answer


def unpaced(run, expired):
    """Printed only: time and processor time of the server over those of django-celery-results' one DELETE."""
    ratios = {"time": [], "server CPU": []}
    for _ in range(1 if run.quick else 3):
        fill_table(run, expired)
        ours = until_quiet(run, lambda: driver_purge(run, unpaced=True))
        check(run, ours, expired)
        fill_table(run, expired)
        program = run.peer("dcr", DATABASE)
        program.begin(work="cleanup")
        dcr = until_quiet(run, lambda: with_server_cpu(run, program))
        [(left,)] = run.server.query(f"SELECT COUNT(*) FROM {DATABASE}.{TABLE}")
        check(run, {"count": run.purge_rows - left}, expired)
        ratios["time"].append(ours["seconds"] / dcr["seconds"])
        ratios["server CPU"].append(ours["server_cpu"] / dcr["server_cpu"])
        run.figure("unpaced purge", {"ours": rounded(ours), "dcr": rounded(dcr)})
    run.figure("unpaced purge ÷ django-celery-results' DELETE", {
        name: [round(value, 2) for value in values] for name, values in ratios.items()})


def until_quiet(run, purge_once):
    """Counts what the server does for the purge after it has returned, too: InnoDB deletes later."""
    begin = run.server.processor_seconds()
    answer = purge_once()
    answer["server_cpu_at_return"] = answer["server_cpu"]
    last = run.server.processor_seconds()
    for _ in range(60):
        time.sleep(0.5)
        now = run.server.processor_seconds()
        if now - last < 0.03:
            break
        last = now
    answer["server_cpu"] = last - begin
    return answer


def fill_table(run, expired):
    run.say(f"filling a table with {run.purge_rows:,} rows, of which {expired:,} have expired")
    fill(run.server, DATABASE, run.purge_rows, expired)
    until_quiet(run, lambda: {"server_cpu": 0})


def check(run, answer, expired):
    if answer["count"] != expired:
        run.faults.append(f"a purge deleted {answer['count']:,.0f} rows of {expired:,}")


def rounded(answer):
    return {name: round(value, 2) for name, value in answer.items()}
