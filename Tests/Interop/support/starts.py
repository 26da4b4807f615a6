"""Databases to migrate from, as statements: one for each of Django's migrations, and those of old releases."""

import functools
from dataclasses import dataclass
from pathlib import Path

from support.databases import connect, throwaway_database
from support.django_migrations import NAMES, django_migrate
from support.rows import insert_all
from support.schema import TABLES, create_statement

EMPTY = "empty"
LEVELS = tuple(name[:4] for name in NAMES)
RELEASES = tuple(sorted(path.stem for path in (Path(__file__).parent / "releases").glob("*.sql")))
LENGTHS = ("255", "191")


@dataclass(frozen=True)
class Start:
    name: str
    length: str
    statements: tuple

    def make(self, url):
        """Makes the tables in an empty database, with rows in them."""
        connection = connect(url)
        try:
            with connection.cursor() as cursor:
                for statement in self.statements:
                    cursor.execute(statement)
        finally:
            connection.close()
        insert_all(url)


def start(server, length, name):
    if name == EMPTY:
        return Start(name, length, ())
    if name in RELEASES:
        return Start(name, length, release(name, length))
    return Start(name, length, django_levels(server, length)[name])


def release(name, length):
    text = (Path(__file__).parent / "releases" / f"{name}.sql").read_text()
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    return tuple(
        statement.replace("{length}", length) for part in "\n".join(lines).split(";") if (statement := part.strip()))


@functools.cache
def django_levels(server, length):
    """The statements that make what each of Django's migrations leaves."""
    with throwaway_database(server) as url:
        levels = {}
        for level in LEVELS:
            django_migrate(url, length, level, verbosity=0)
            levels[level] = dump(url)
    return levels


@functools.cache
def django_half_levels(server, length):
    """What Django leaves when it is stopped between two statements of a migration, from the first to the last."""
    with throwaway_database(server) as url:
        found = {}

        def look(sql):
            # The same tables and ledger again: a statement that only reads, or writes elsewhere.
            found.setdefault(dump(url), f"after {sql[:100]!r}")

        django_migrate(url, length, verbosity=0, after_statement=look)
    whole = set(django_levels(server, length).values())
    return [Start(name, length, statements) for statements, name in found.items() if statements not in whole]


def dump(url):
    connection = connect(url)
    try:
        with connection.cursor() as cursor:
            statements = [text for table in TABLES if (text := create_statement(cursor, table))]
            if create_statement(cursor, "django_migrations"):
                cursor.execute("SELECT app, name FROM django_migrations ORDER BY id")
                statements += [note(app, name) for app, name in cursor.fetchall()]
            return tuple(statements)
    finally:
        connection.close()


def note(app, name):
    columns, applied = "app, name, applied", "2021-03-04 05:06:07.000008"
    return f"INSERT INTO django_migrations ({columns}) VALUES ('{app}', '{name}', '{applied}')"
