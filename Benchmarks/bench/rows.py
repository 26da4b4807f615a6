"""Rows that are there before a measurement, made by the server itself."""

from .server import TABLE

PORTION = 1_000_000
# How old the newest row is, in microseconds, and the newest that has expired.
AGE, EXPIRED_AGE = 600_000_000, 2 * 86_400_000_000
DIGITS = "(SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5 " \
    "UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)"


def fill(server, database, rows, expired=0):
    """Makes the table anew with so many rows of 200 bytes; the first of them are two days old.

    The ids are random in form but rise, so that the rows come in the order of every index."""
    server.truncate(database)
    # Into an empty table InnoDB then sorts the indexes, where it can, instead of filling them row by row.
    server.query("SET SESSION unique_checks = 0, foreign_key_checks = 0")
    for begin in range(0, rows, PORTION):
        count = min(PORTION, rows - begin)
        server.query(insert(server, database, rows, begin, count, expired))
    server.query("SET SESSION unique_checks = 1, foreign_key_checks = 1")
    server.query(f"ANALYZE TABLE {database}.{TABLE}")


def insert(server, database, rows, begin, count, expired):
    number = f"({begin} + {series(server, count)[0]})"
    source = series(server, count)[1]
    tail = f"SHA2({number}, 256)"
    task_id = (f"CONCAT(LOWER(LPAD(HEX({number} * {2**32 // rows}), 8, '0')), '-', SUBSTR({tail}, 1, 4), '-', "
               f"SUBSTR({tail}, 5, 4), '-', SUBSTR({tail}, 9, 4), '-', SUBSTR({tail}, 13, 12))")
    age = f"IF({number} < {expired}, {EXPIRED_AGE}, {AGE}) + ({rows} - {number}) * 100"
    date = f"UTC_TIMESTAMP(6) - INTERVAL ({age}) MICROSECOND"
    text = "REPEAT('x', 175)"
    result = f"""CONCAT('{{"total": 42, "text": "', {text}, '"}}')"""
    return (
        f"INSERT INTO {database}.{TABLE} (task_id, status, content_type, content_encoding, result, meta, "
        f"date_done, date_created) SELECT {task_id}, 'SUCCESS', 'application/json', 'utf-8', {result}, "
        f"'{{\"children\": null}}', {date}, {date} FROM {source} ORDER BY {series(server, count)[0]}")


def series(server, count):
    """A column with the numbers from 0 on, and where it comes from."""
    if server.is_mariadb:
        return "seq", f"seq_0_to_{count - 1}"
    digits = ", ".join(f"{DIGITS} AS d{place}" for place in range(6))
    number = " + ".join(f"d{place}.d * {10 ** place}" for place in range(6))
    return "n", f"(SELECT {number} AS n FROM {digits} HAVING n < {count}) AS numbers"


def write_ids(server, database, path, count):
    rows = server.query(f"SELECT task_id FROM {database}.{TABLE} WHERE status = 'SUCCESS' LIMIT {count}")
    with open(path, "w") as file:
        file.writelines(row[0] + "\n" for row in rows)
    return len(rows)
