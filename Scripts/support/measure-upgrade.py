"""Upgrades the same tables of release 1.1 twice, with celery-results and with Django, and compares the two."""

import argparse
import os
import re
import subprocess
import sys
import threading
import time
from urllib.parse import urlsplit, urlunsplit

import MySQLdb

APP = "django_celery_results"
TABLE = "django_celery_results_taskresult"
LEVEL = "0004"
PORTION = 50_000
# Columns of release 1.1 that every later level has as well: all but hidden.
KEPT = ("id", "task_id", "status", "content_type", "content_encoding", "result", "date_done", "traceback",
        "meta", "task_args", "task_kwargs", "task_name")
# Locks, deadlocks, and tables that have changed under a statement: what a worker tries again.
PASSING = {1205, 1213, 1412, 1020}


def connect(url, **options):
    parts = urlsplit(url)
    return MySQLdb.connect(
        host=parts.hostname, port=parts.port, user=parts.username, passwd=parts.password,
        db=parts.path.lstrip("/"), charset="utf8mb4", autocommit=True, **options)


def query(url, sql, parameters=()):
    connection = connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()
    finally:
        connection.close()


def say(text):
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


class Side:
    """One database, and the command that upgrades it."""

    def __init__(self, name, server_url, database, words, environment, project):
        self.name = name
        self.database = database
        self.url = urlunsplit(urlsplit(server_url)._replace(path="/" + database))
        self.words = words
        self.environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment(self.url)}
        self.project = project
        query(server_url, f"CREATE DATABASE {database} CHARACTER SET utf8mb4")
        self.manage("migrate", APP, LEVEL, "--verbosity", "0")

    def manage(self, *words):
        environment = {**os.environ, "INTEROP_DATABASE": self.url, "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([sys.executable, "manage.py", *words], check=True, cwd=self.project, env=environment)

    def upgrade(self):
        done = subprocess.run(
            self.words, cwd=self.project, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise SystemExit(f"{self.name}: exit code {done.returncode}\n{done.stdout}\n{done.stderr}")

    def definitions(self):
        """The definitions of the tables of the app."""
        tables = [name for (name,) in query(self.url, "SHOW TABLES") if name.startswith(APP)]
        found = {}
        for table in tables:
            [(_, statement)] = query(self.url, f"SHOW CREATE TABLE {table}")
            found[table] = re.sub(r" AUTO_INCREMENT=\d+", "", statement)
        return found

    def checksum(self, rows):
        """The number of the old rows and two sums over their columns, which differ if any value does."""
        columns = ", ".join(f"COALESCE({column}, '<NULL>')" for column in KEPT)
        text = f"CONCAT_WS('|', {columns})"
        digest = f"BIT_XOR(CAST(CONV(LEFT(SHA2({text}, 256), 16), 16, 10) AS UNSIGNED))"
        [result] = query(self.url, f"SELECT COUNT(*), SUM(CRC32({text})), {digest} FROM {TABLE} WHERE id <= %s", [rows])
        return result

    def other_dates(self, rows):
        [(count,)] = query(
            self.url, f"SELECT COUNT(*) FROM {TABLE} WHERE id <= %s AND NOT date_created <=> date_done", [rows])
        return count


class Writer(threading.Thread):
    """Stores a row every 5 ms, as a worker does that knows no more than the table demands."""

    def __init__(self, url):
        super().__init__(daemon=True)
        self.url = url
        self.ending = threading.Event()
        self.columns = ["task_id", "status", "content_type", "content_encoding", "result", "date_done",
                        "traceback", "hidden", "meta", "task_args", "task_kwargs", "task_name"]
        self.stored = []
        self.longest = 0.0
        self.refused = {}
        self.failure = None

    def run(self):
        try:
            connection = connect(self.url)
            last = time.monotonic()
            while not self.ending.is_set():
                task_id = f"writer-{len(self.stored):08d}"
                self.store(connection, task_id)
                self.stored.append(task_id)
                now = time.monotonic()
                self.longest = max(self.longest, now - last)
                last = now
                time.sleep(0.005)
        except Exception as error:
            self.failure = error

    def store(self, connection, task_id):
        while True:
            values = {
                "task_id": task_id, "status": "SUCCESS", "content_type": "application/json",
                "content_encoding": "utf-8", "result": '{"total": 42}', "traceback": None, "hidden": 0,
                "meta": '{"children": []}', "task_args": "()", "task_kwargs": "{}", "task_name": "shop.charge"}
            columns = ", ".join(self.columns)
            places = ", ".join("UTC_TIMESTAMP(6)" if name.startswith("date_") else "%s" for name in self.columns)
            try:
                with connection.cursor() as cursor:
                    cursor.execute(
                        f"INSERT INTO {TABLE} ({columns}) VALUES ({places})",
                        [values[name] for name in self.columns if name in values])
                return
            except MySQLdb.Error as error:
                self.refused[error.args[0]] = self.refused.get(error.args[0], 0) + 1
                if error.args[0] == 1364 and "date_created" not in self.columns:
                    self.columns.append("date_created")
                elif error.args[0] == 1054 and "hidden" in self.columns:
                    self.columns.remove("hidden")
                elif error.args[0] not in PASSING:
                    raise

    def end(self):
        self.ending.set()
        self.join()
        if self.failure is not None:
            raise SystemExit(f"the writer failed: {self.failure!r}")

    def missing(self):
        """How many rows that the server had acknowledged are not there."""
        there = {name for (name,) in query(self.url, f"SELECT task_id FROM {TABLE} WHERE task_id LIKE 'writer-%%'")}
        return len(set(self.stored) - there)


def numbers(flavor, first, last):
    """SQL for a table of the numbers from first to last, in a column seq."""
    if flavor == "mariadb":
        return "", f"seq_{first}_to_{last}"
    return f"WITH RECURSIVE s AS (SELECT {first} AS seq UNION ALL SELECT seq + 1 FROM s WHERE seq < {last}) ", "s"


def fill(side, rows):
    connection = connect(side.url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT VERSION()")
        flavor = "mariadb" if "mariadb" in cursor.fetchone()[0].lower() else "mysql"
        if flavor == "mysql":
            cursor.execute(f"SET SESSION cte_max_recursion_depth = {PORTION + 1}")
        for first in range(1, rows + 1, PORTION):
            before, source = numbers(flavor, first, min(first + PORTION - 1, rows))
            cursor.execute(f"""
                INSERT INTO {TABLE} (id, task_id, status, content_type, content_encoding, result, date_done,
                  traceback, hidden, meta, task_args, task_kwargs, task_name)
                {before} SELECT seq,
                  INSERT(INSERT(INSERT(INSERT(LEFT(SHA2(seq, 256), 32), 9, 0, '-'), 14, 0, '-'), 19, 0, '-'), 24, 0, '-'),
                  IF(seq % 20 = 0, 'FAILURE', 'SUCCESS'), 'application/json', 'utf-8',
                  CONCAT('{{"number": ', seq, ', "text": "', REPEAT(LEFT(SHA2(seq + 1, 256), 32), 5), '", "city": "Grüße 🎉"}}'),
                  '2019-03-01 00:00:00.123456' + INTERVAL seq SECOND,
                  IF(seq % 20 = 0, 'Traceback (most recent call last):', NULL), 0, '{{"children": []}}',
                  CONCAT('(', seq, ',)'), '{{}}', CONCAT('shop.tasks.task', seq % 50)
                FROM {source}""")
    connection.close()


def copy(source, target, rows):
    connection = connect(target.url)
    with connection.cursor() as cursor:
        for first in range(1, rows + 1, PORTION):
            cursor.execute(
                f"INSERT INTO {TABLE} SELECT * FROM {source.database}.{TABLE} WHERE id BETWEEN %s AND %s",
                [first, first + PORTION - 1])
    connection.close()


def measure(side, rows):
    before = side.checksum(rows)
    writer = Writer(side.url)
    writer.start()
    time.sleep(1)
    say(f"{side.name}: upgrading")
    begin = time.monotonic()
    side.upgrade()
    seconds = time.monotonic() - begin
    time.sleep(1)
    writer.end()
    say(f"{side.name}: {seconds:.1f} s; comparing the rows")
    after = side.checksum(rows)
    faults = []
    if before != after or after[0] != rows:
        faults.append(f"the old rows were {before}, and are {after}")
    if other := side.other_dates(rows):
        faults.append(f"{other} old rows have a date_created that is not their date_done")
    if missing := writer.missing():
        faults.append(f"{missing} rows of the writer are missing")
    return seconds, writer, after[0], faults


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--url", required=True)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--tool", required=True)
    parser.add_argument("--project", required=True)
    options = parser.parse_args()
    [(version,)] = query(options.url, "SELECT VERSION()")
    tool = Side(
        "celery-results migrate", options.url, "upgrade_tool", [options.tool, "migrate"],
        lambda url: {"CELERY_RESULT_BACKEND": url}, options.project)
    django = Side(
        "manage.py migrate", options.url, "upgrade_django",
        [sys.executable, "manage.py", "migrate", APP, "--verbosity", "0"],
        lambda url: {"INTEROP_DATABASE": url}, options.project)
    say(f"{version}: making {options.rows} rows of release 1.1 (level {LEVEL})")
    fill(tool, options.rows)
    say("copying them to the second database")
    copy(tool, django, options.rows)
    if tool.checksum(options.rows) != django.checksum(options.rows):
        raise SystemExit("the copy differs")
    results = [(side, *measure(side, options.rows)) for side in (tool, django)]
    faults = [f"{side.name}: {fault}" for side, *_, found in results for fault in found]
    if tool.definitions() != django.definitions():
        faults.append(f"the definitions differ:\n{tool.definitions()}\n{django.definitions()}")
    print(f"{version}, {options.rows} rows, level {LEVEL} to the newest")
    print(f"{'':24}{'time':>10}{'longest pause':>16}{'old rows kept':>16}{'stored beside it':>18}  refused at first")
    for side, seconds, writer, kept, _ in results:
        refused = ", ".join(f"{number}: {count}" for number, count in sorted(writer.refused.items())) or "-"
        print(f"{side.name:24}{seconds:>8.1f} s{writer.longest:>14.2f} s{kept:>16}{len(writer.stored):>18}  {refused}")
    if faults:
        raise SystemExit("\n".join(faults))
    print("Every old row is as it was, with date_created as date_done; every row of the writers is there; "
          "the tables are equal.")


main()
