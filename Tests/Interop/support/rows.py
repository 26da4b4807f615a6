"""Rows that tables of every level can hold, and what every migration up to the last leaves of them."""

import datetime

from support.databases import connect

TASKS = "django_celery_results_taskresult"
GROUPS = "django_celery_results_groupresult"
CHORDS = "django_celery_results_chordcounter"


def at(second, microsecond=0):
    return datetime.datetime(2021, 3, 4, 5, 6, second, microsecond)


def task(task_id, **columns):
    """A row with a value for every column that any release has, of which a level's table takes its own."""
    return {
        "task_id": task_id, "status": "SUCCESS", "content_type": "application/json", "content_encoding": "utf-8",
        "result": "5", "date_done": at(10), "traceback": None, "hidden": 0, "meta": '{"children": []}',
        "task_args": None, "task_kwargs": None, "task_name": None, "worker": None, "date_created": at(1),
        "periodic_task_name": None, "date_started": None, **columns}


LONG = 191

# The sizes are those that fit the shortest length of the tests.
ROWS = {
    TASKS: [
        task("8d4c1b6e-0001"),
        task(
            "8d4c1b6e-0002", status="FAILURE", hidden=1, result='{"exc_type": "KeyError"}', traceback="Grüße 🎉\n",
            task_args='"(1, \'世界\')"', task_kwargs='"{}"', task_name="shop.tasks.charge", worker="celery@h1",
            date_done=at(11, 999999), date_created=at(2, 1), periodic_task_name="nightly 🌙", date_started=at(3, 500)),
        task("x" * LONG, task_name="n" * LONG, worker="w" * 100, periodic_task_name="p" * 255, status="s" * 50),
        task("ключ-🎉" + "世" * (LONG - 6), task_name="名" * LONG, worker="働" * 100, periodic_task_name="毎" * 255),
        task("nothing", result=None, meta=None, status="", content_type="", content_encoding="", hidden=1),
        task("large", result="[" + "1, " * 30_000 + "1]", date_done=at(12, 5), date_created=at(12, 5)),
        task("' OR \"1\"=`1`\\", task_name="%s ; --", task_args="", date_done=at(10)),
    ],
    GROUPS: [
        {"group_id": "g" * LONG, "date_created": at(4, 7), "date_done": at(5, 8), "content_type": "application/json",
         "content_encoding": "utf-8", "result": "[[]]"},
        {"group_id": "группа 🎉", "date_created": at(4), "date_done": at(4), "content_type": "", "content_encoding": "",
         "result": None},
    ],
    CHORDS: [
        {"group_id": "c" * LONG, "sub_tasks": '[[["8d4c1b6e-0001", null], null]]', "count": 1},
        {"group_id": "хор 🎉", "sub_tasks": "", "count": 2**32 - 1},
    ],
}


def columns_of(cursor, table):
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = %s"
        " ORDER BY ordinal_position", [table])
    return [name for (name,) in cursor.fetchall()]


def insert(cursor, table, rows):
    """Inserts into the columns that the table has; nothing if there is no such table."""
    columns = [name for name in columns_of(cursor, table) if name != "id"]
    if columns:
        names, places = ", ".join(f"`{name}`" for name in columns), ", ".join(["%s"] * len(columns))
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({places})", [[row[name] for name in columns] for row in rows])


def insert_all(url):
    """Inserts all rows into the tables that there are."""
    connection = connect(url)
    try:
        with connection.cursor() as cursor:
            for table, rows in ROWS.items():
                insert(cursor, table, rows)
    finally:
        connection.close()


def read(cursor, table):
    """The rows in the order of their ids, as dictionaries; none if there is no such table."""
    names = columns_of(cursor, table)
    if not names:
        return []
    cursor.execute(f"SELECT * FROM {table} ORDER BY id")
    return [dict(zip(names, row)) for row in cursor.fetchall()]


def read_all(url):
    connection = connect(url)
    try:
        with connection.cursor() as cursor:
            return {table: read(cursor, table) for table in ROWS}
    finally:
        connection.close()


def task_after_migrating(row):
    """What the last migration leaves of a row of an earlier level: the columns of later levels are NULL."""
    row = {
        "worker": None, "date_created": row["date_done"], "periodic_task_name": None, "date_started": None,
        "task_args": None, "task_kwargs": None, "task_name": None, **row}
    row.pop("hidden", None)
    return row


def after_migrating(rows):
    return {**rows, TASKS: [task_after_migrating(row) for row in rows[TASKS]]}
