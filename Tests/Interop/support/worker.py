"""A Celery worker in processes of its own, and its broker's folder."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

from interop.app import app

from support.programs import PROJECT, project_environment

SECONDS = 60


def wait_until(condition, what):
    end = time.monotonic() + SECONDS
    while not (value := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"not within {SECONDS} seconds: {what}")
        time.sleep(0.05)
    return value


class Worker:
    def __init__(self, folder, extended, hostname):
        self.folder = folder
        self.extended = extended
        self.hostname = hostname

    def send(self, name, *arguments, kwargs=None, **options):
        """Sends a task of interop.tasks; returns its id."""
        return app.tasks[f"interop.tasks.{name}"].apply_async(arguments, kwargs, **options).id

    def wait_for_state(self, task_id, *states):
        def state():
            found = app.backend.get_task_meta(task_id, cache=False)["status"]
            return found if found in states else None

        return wait_until(state, f"task {task_id} is {' or '.join(states)}")


@contextmanager
def running_worker(url, folder, extended):
    # This process, which sends the tasks, uses the same broker.
    os.environ["INTEROP_BROKER_FOLDER"] = str(folder)
    hostname = f"worker{os.getpid()}@interop"
    log = folder / "worker.log"
    with open(log, "w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "interop", "worker", "--pool", "prefork", "--concurrency", "2",
             "--hostname", hostname, "--loglevel", "INFO", "--without-gossip", "--without-mingle"],
            cwd=PROJECT, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            env=project_environment(
                url, INTEROP_RESULT_EXTENDED="yes" if extended else "no",
                C_FORCE_ROOT="1"))
    try:
        wait_until(lambda: "ready." in log.read_text() or process.poll() is not None, "the worker is ready")
        if process.poll() is not None:
            raise AssertionError(f"the worker ended:\n{log.read_text()}")
        yield Worker(folder, extended, hostname)
    finally:
        stop(process)


def stop(process):
    """Ends the worker and its pool, which are a session of their own; its database and broker go as well."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
