"""What the server's catalogue says of the tables."""

import re
from urllib.parse import urlsplit

from support.databases import connect, query

TABLES = (
    "django_celery_results_chordcounter",
    "django_celery_results_groupresult",
    "django_celery_results_taskresult",
    "django_migrations",
)

# Columns of information_schema that differ between two databases with the same tables, or with what is
# stored in them.
VARIABLE = {
    "constraint_catalog", "constraint_schema", "table_catalog", "table_schema", "unique_constraint_schema",
    "index_schema", "cardinality", "table_rows", "avg_row_length", "data_length", "index_length", "data_free",
    "auto_increment", "create_time", "update_time", "check_time",
}
VIEWS = {
    "tables": "table_schema",
    "columns": "table_schema",
    "statistics": "table_schema",
    "table_constraints": "table_schema",
    "key_column_usage": "table_schema",
    "check_constraints": "constraint_schema",
}


def create_statement(cursor, table):
    """The table's SHOW CREATE TABLE without the next id; nothing if there is no such table."""
    cursor.execute(
        "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = %s", [table])
    if not cursor.fetchall():
        return None
    cursor.execute(f"SHOW CREATE TABLE {table}")
    [(_, statement)] = cursor.fetchall()
    return re.sub(r" AUTO_INCREMENT=\d+", "", statement)


def create_statements(url):
    connection = connect(url)
    try:
        with connection.cursor() as cursor:
            return {table: create_statement(cursor, table) for table in TABLES}
    finally:
        connection.close()


def view_columns(url, view):
    names = query(
        url, "SELECT column_name FROM information_schema.columns"
        " WHERE table_schema = 'information_schema' AND LOWER(table_name) = %s ORDER BY ordinal_position", [view])
    return [name for (name,) in names if name.lower() not in VARIABLE]


def catalogue(url, view):
    """The view's rows on this database, as sorted dictionaries, without the table that Django does not know."""
    names = view_columns(url, view)
    database = urlsplit(url).path.lstrip("/")
    sql = f"SELECT {', '.join(f'`{name}`' for name in names)} FROM information_schema.{view} WHERE {VIEWS[view]} = %s"
    rows = [dict(zip(names, row)) for row in query(url, sql, [database])]
    return sorted((row for row in rows if "celery_results_chord" not in row.values()), key=repr)


def ledger(url):
    return query(url, "SELECT app, name FROM django_migrations WHERE app = 'django_celery_results' ORDER BY id")


def line_differences(ours, djangos):
    """The lines of two SHOW CREATE TABLE that are not in both."""
    ours, djangos = (re.split(r",?\n", statement or "no table") for statement in (ours, djangos))
    found, expected = ([line for line in a if line not in b] for a, b in ((ours, djangos), (djangos, ours)))
    return f"{found} instead of {expected}" if found or expected else "the order of its lines"
