"""Start-up and size; printed only."""

import os
import subprocess
import time
from statistics import median

from . import contestants
from .programs import Program
from .stores import DATABASE


def sizes(run):
    if run.only and "sizes" not in run.only:
        return
    times = []
    for _ in range(20):
        begin = time.perf_counter()
        subprocess.run([run.tool, "--version"], check=True, stdout=subprocess.DEVNULL)
        times.append((time.perf_counter() - begin) * 1000)
    run.figure("celery-results --version, ms", round(median(times), 1))
    run.figure("celery-results, MiB", round(os.stat(run.tool).st_size / 2**20, 1))
    answer = run_idle(run)
    run.figure("an idle backend with 8 connections, resident MiB", round(answer["resident_mb"], 1))


def run_idle(run):
    words = contestants.driver_words(run, "idle", DATABASE, wait=False)
    words[words.index("--connections") + 1] = "8"
    program = Program(words)
    try:
        return program.answer()
    finally:
        program.close()
