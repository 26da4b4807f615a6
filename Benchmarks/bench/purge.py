"""A purge of nine tenths of a table, with a writer beside it and without."""

import json
import resource
import subprocess
import time

from . import contestants
from .kept import KeptTable
from .programs import Failure, Program
from .server import TABLE

DATABASE = "bench_purge"
# The writer pauses so many microseconds after each store.
PAUSE = 1_000
# For how many seconds InnoDB's own purge is waited for.
LONGEST_WAIT = 180


def purge(run):
    names = ("purge_p999_over_idle", "purge_memory_mb")
    if not run.wants(*names, "unpaced"):
        return
    run.server.make_database(DATABASE)
    expired = run.purge_rows * 9 // 10
    run.say(f"filling a table with {run.purge_rows:,} rows, of which {expired:,} have expired")
    table = KeptTable(run.server, DATABASE, run.purge_rows, expired, run.folder)
    if run.wants(*names):
        for _ in range(1 if run.quick else 3):
            beside_a_writer(run, table, expired)
    if not run.only or "unpaced" in run.only:
        unpaced(run, table, expired)
    table.remove()


def beside_a_writer(run, table, expired):
    restore(run, table)
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


def driver_purge(run):
    program = Program(contestants.driver_words(run, "purge", DATABASE))
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


def unpaced(run, table, expired):
    """Printed only: what the tool's cleanup costs over django-celery-results' one DELETE."""
    ratios = {}
    for _ in range(1 if run.quick else 3):
        restore(run, table)
        ours = until_quiet(run, lambda: tool_purge(run))
        check(run, ours, expired)
        restore(run, table)
        program = run.peer("dcr", DATABASE)
        program.begin(work="cleanup")
        dcr = until_quiet(run, lambda: with_server_cpu(run, program))
        [(left,)] = run.server.query(f"SELECT COUNT(*) FROM {DATABASE}.{TABLE}")
        check(run, {"count": run.purge_rows - left}, expired)
        for name in ("seconds", "server_cpu", "seconds_until_quiet", "server_cpu_until_quiet"):
            ratios.setdefault(name, []).append(round(ours[name] / dcr[name], 2))
        run.figure("unpaced purge", {"ours": rounded(ours), "dcr": rounded(dcr)})
    run.figure("unpaced purge ÷ django-celery-results' DELETE", ratios)


def tool_purge(run):
    url = run.server.database_url(DATABASE)
    words = [run.tool, "cleanup", "--unpaced", "--older-than", "1d", "--format", "json", "--url", url]
    cpu, usage, begin = run.server.processor_seconds(), client_cpu(), time.monotonic()
    result = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    if result.returncode:
        raise Failure(f"cleanup ended with exit code {result.returncode}")
    return {
        "seconds": time.monotonic() - begin, "client_cpu": client_cpu() - usage,
        "server_cpu": run.server.processor_seconds() - cpu, "count": json.loads(result.stdout)["tasks"]}


def client_cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def until_quiet(run, purge_once):
    """Adds what the server does for the purge after it has returned: InnoDB removes the rows later."""
    begin, cpu = time.monotonic(), run.server.processor_seconds()
    answer = purge_once()
    end, last = time.monotonic(), run.server.processor_seconds()
    # Twice in a row: InnoDB's purge makes short pauses of its own.
    quiet = 0
    while quiet < 2 and time.monotonic() < end + LONGEST_WAIT:
        time.sleep(0.5)
        now = run.server.processor_seconds()
        quiet = quiet + 1 if now - last < 0.03 else 0
        last = now
    answer["server_cpu_until_quiet"] = last - cpu
    answer["seconds_until_quiet"] = time.monotonic() - 0.5 * quiet - begin
    return answer


def restore(run, table):
    table.restore()
    until_quiet(run, dict)


def check(run, answer, expired):
    if answer["count"] != expired:
        run.faults.append(f"a purge deleted {answer['count']:,.0f} rows of {expired:,}")


def rounded(answer):
    return {name: round(value, 2) for name, value in answer.items()}
