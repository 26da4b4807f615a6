"""Interrupts `celery-results migrate` at every statement that writes, and runs it again."""

import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field

from support.databases import connect, throwaway_database
from support.django_migrations import NAMES, django_migrate
from support.programs import SECONDS, Tool
from support.proxy import Proxy
from support.rows import TASKS, after_migrating, at, columns_of, read_all, task, task_after_migrating
from support.schema import TABLES, create_statements, ledger, line_differences
from support.starts import start

LENGTH = "255"
SETTING = {"DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH": LENGTH}
AT_ONCE = 6
TOOL_KILLED, CONNECTION_CUT, SERVER_KILLED = "tool killed", "connection cut", "server killed"
KINDS = (TOOL_KILLED, CONNECTION_CUT, SERVER_KILLED)


class Scene:
    """One database to migrate from, what Django makes of it, and the statements with which the tool does."""

    def __init__(self, private, name):
        self.private = private
        self.server = private.server
        self.start = start(self.server, LENGTH, name)
        with throwaway_database(self.server) as url:
            self.start.make(url)
            self.rows = after_migrating(read_all(url))
            django_migrate(url, LENGTH, verbosity=0)
            self.tables, self.ledger = create_statements(url), ledger(url)
        with throwaway_database(self.server) as url:
            self.start.make(url)
            proxy = Proxy(url)
            Tool(proxy.url).migrate(**SETTING)
            proxy.close()
            self.statements = proxy.statements

    @property
    def boundaries(self):
        """0 is before the first statement; k is after the k-th. Where there is nothing to do there is none."""
        return range(len(self.statements) + 1) if self.statements else ()

    def interrupt(self, kind):
        """Interrupts at every boundary; returns what was found each time."""
        with ExitStack() as stack, ThreadPoolExecutor(AT_ONCE) as threads:
            runs = [stack.enter_context(Interruption(self, boundary)) for boundary in self.boundaries]
            list(threads.map(Interruption.run_to_boundary, runs))
            if kind == SERVER_KILLED:
                # All of them wait at their boundaries: the server needs to be killed only once.
                self.private.kill()
            list(threads.map(lambda run: run.disturb(kind), runs))
            if kind == SERVER_KILLED:
                self.private.start_again()
            list(threads.map(Interruption.run_again, runs))
            return [run.outcome for run in runs]


@dataclass
class Outcome:
    boundary: str
    message: list = field(default_factory=list)
    failures: list = field(default_factory=list)
    schema: list = field(default_factory=list)
    rows: list = field(default_factory=list)

    @property
    def faults(self):
        found = self.message + self.failures + self.schema + self.rows
        return [f"{self.boundary}: {fault}" for fault in found]


class Interruption:
    """One run of the tool that is interrupted, on a database of its own."""

    def __init__(self, scene, boundary):
        self.scene, self.boundary = scene, boundary
        done = f"after {scene.statements[boundary - 1][:90]!r}" if boundary else "before the first statement"
        self.outcome = Outcome(f"{boundary} of {len(scene.statements)}, {done}")
        self.process = self.proxy = None

    def __enter__(self):
        self.database = throwaway_database(self.scene.server)
        self.url = self.database.__enter__()
        return self

    def __exit__(self, *exception):
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self.proxy:
            self.proxy.close()
        return self.database.__exit__(*exception)

    def run_to_boundary(self):
        self.scene.start.make(self.url)
        self.proxy = Proxy(self.url, self.boundary)
        tool = Tool(self.proxy.url)
        self.process = subprocess.Popen(
            [tool.path, "migrate"], env=tool.environment(**SETTING), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True)
        while not self.proxy.reached.wait(0.05) and self.process.poll() is None:
            pass
        if not self.proxy.reached.is_set():
            self.outcome.failures.append(f"never came here: {self.process.communicate()}")

    def disturb(self, kind):
        if kind == TOOL_KILLED:
            self.process.kill()
        if kind == CONNECTION_CUT:
            self.proxy.cut()
        else:
            self.proxy.close()
        output, errors = self.process.communicate(timeout=SECONDS)
        if kind != TOOL_KILLED:
            if self.process.returncode == 0:
                self.outcome.message.append(f"exit code 0 after {kind}: {output}")
            elif "Applied: " not in errors or not any(name in errors for name in (*NAMES, *TABLES, "celery_results_chord")):
                self.outcome.message.append(f"the message does not say what was applied and what failed: {errors}")

    def run_again(self):
        expected = self.add_row()
        tool = Tool(self.url)
        done = subprocess.run(
            [tool.path, "migrate"], env=tool.environment(**SETTING), capture_output=True, text=True, timeout=SECONDS)
        if done.returncode:
            self.outcome.failures.append(f"the second run ended with {done.returncode}: {done.stderr}")
        tables = create_statements(self.url)
        for table, statement in self.scene.tables.items():
            if tables[table] != statement:
                self.outcome.schema.append(f"{table} differs: {line_differences(tables[table], statement)}")
        if ledger(self.url) != self.scene.ledger:
            self.outcome.schema.append(f"the ledger differs: {ledger(self.url)}")
        for table, rows in read_all(self.url).items():
            if rows != expected[table]:
                changed = [pair for pair in zip(rows, expected[table]) if pair[0] != pair[1]]
                self.outcome.rows.append(
                    f"{table}: {len(rows)} rows instead of {len(expected[table])}, changed: {str(changed[:1])[:1500]}")

    def add_row(self):
        """Stores as a worker might before the second run; returns the rows that are to be there at the end."""
        stored = task("between the runs", date_created=at(20), date_done=at(30, 7))
        connection = connect(self.url)
        try:
            with connection.cursor() as cursor:
                columns = [name for name in columns_of(cursor, TASKS) if name != "id"]
                if not columns:
                    return self.scene.rows
                stored = {name: stored[name] for name in columns}
                cursor.execute(
                    f"INSERT INTO {TASKS} ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})",
                    list(stored.values()))
                stored = task_after_migrating({"id": cursor.lastrowid, **stored})
                return {**self.scene.rows, TASKS: [*self.scene.rows[TASKS], stored]}
        finally:
            connection.close()
