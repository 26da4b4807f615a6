"""Databases that exist for one test or one module."""

import uuid
from contextlib import contextmanager
from urllib.parse import urlsplit

import MySQLdb
from django.db import connections


def connect(url):
    parts = urlsplit(url)
    return MySQLdb.connect(
        host=parts.hostname, port=parts.port, user=parts.username, passwd=parts.password,
        db=parts.path.lstrip("/"), charset="utf8mb4", autocommit=True)


def query(url, sql, parameters=()):
    connection = connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()
    finally:
        connection.close()


@contextmanager
def throwaway_database(server):
    """An empty database of the server; yields its URL."""
    name = f"interop_{uuid.uuid4().hex[:12]}"
    query(server.url, f"CREATE DATABASE {name} CHARACTER SET utf8mb4")
    try:
        yield server.url_of(name)
    finally:
        query(server.url, f"DROP DATABASE {name}")


@contextmanager
def django_connected_to(url):
    """Lets Django, and through it Celery's backend, of this process use the database."""
    parts = urlsplit(url)
    settings = connections.settings["default"]
    settings.update(HOST=parts.hostname, PORT=str(parts.port), NAME=parts.path.lstrip("/"))
    forget_connection()
    try:
        yield
    finally:
        forget_connection()


def forget_connection():
    connections["default"].close()
    del connections["default"]
