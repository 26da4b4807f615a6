"""A program that goes on storing while the tables are migrated, with the columns that it knows."""

import datetime
import itertools
import random
import threading
from contextlib import contextmanager

import MySQLdb

from support.databases import connect
from support.rows import TASKS, columns_of, task

NO_DEFAULT, UNKNOWN_COLUMN = 1364, 1054
START = datetime.datetime(2022, 1, 1)


class Writer:
    """Inserts a row and updates an earlier one, in turns. After 0006 it has to give date_created, and after 0007 to
    leave out hidden, as every program that is not Django's newest model must: the server's error tells it."""

    def __init__(self, url):
        self.connection = connect(url)
        self.columns = [name for name in self.read_columns() if name != "id"]
        self.rows = {}
        # What date_done was at any time: 0006 copies the one that it finds.
        self.dates = {}
        self.moments = (START + datetime.timedelta(microseconds=number) for number in itertools.count(1))
        self.random = random.Random(3)
        self.errors = []
        self.ended = threading.Event()
        self.stored = threading.Condition()
        self.count = 0

    def read_columns(self):
        with self.connection.cursor() as cursor:
            return columns_of(cursor, TASKS)

    def run(self):
        try:
            while not self.ended.is_set():
                self.insert()
                self.update()
                with self.stored:
                    self.count += 2
                    self.stored.notify_all()
        except MySQLdb.Error as error:
            self.errors.append(error)
        finally:
            self.connection.close()

    def insert(self):
        task_id = f"written-{len(self.rows)}"
        row = task(task_id, date_done=next(self.moments), date_created=next(self.moments), hidden=len(self.rows) % 2)
        while True:
            sent = {name: row[name] for name in self.columns}
            names, places = ", ".join(sent), ", ".join(["%s"] * len(sent))
            try:
                self.execute(f"INSERT INTO {TASKS} ({names}) VALUES ({places})", [*sent.values()])
                break
            except MySQLdb.Error as error:
                self.adapt(error)
        self.rows[task_id] = sent
        self.dates[task_id] = {sent["date_done"]}

    def update(self):
        count = len(self.rows)
        task_id = f"written-{self.random.randrange(count)}"
        changes = {"result": f"[{count}]", "status": "RETRY", "date_done": next(self.moments)}
        self.dates[task_id].add(changes["date_done"])
        assignments = ", ".join(f"{name} = %s" for name in changes)
        self.execute(f"UPDATE {TASKS} SET {assignments} WHERE task_id = %s", [*changes.values(), task_id])
        self.rows[task_id].update(changes)

    def execute(self, sql, values):
        with self.connection.cursor() as cursor:
            cursor.execute(sql, values)

    def adapt(self, error):
        code, message = error.args[:2]
        if code == NO_DEFAULT and "date_created" in message and "date_created" not in self.columns:
            self.columns.append("date_created")
        elif code == UNKNOWN_COLUMN and "hidden" in message and "hidden" in self.columns:
            self.columns.remove("hidden")
        else:
            raise error

    def wait_for(self, more):
        """Waits until this many more statements have been stored."""
        with self.stored:
            wanted = self.count + more
            self.stored.wait_for(lambda: self.count >= wanted or self.errors, timeout=60)
            assert self.count >= wanted, self.errors


@contextmanager
def writing(url):
    writer = Writer(url)
    thread = threading.Thread(target=writer.run)
    thread.start()
    try:
        writer.wait_for(100)
        yield writer
        writer.wait_for(100)
    finally:
        writer.ended.set()
        thread.join()
