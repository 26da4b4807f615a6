"""The servers that the environment names."""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

import pytest


@dataclass(frozen=True)
class Server:
    name: str
    url: str

    def url_of(self, database):
        return urlunsplit(urlsplit(self.url)._replace(path="/" + database))


def servers(*names):
    """Those of the servers that CELERY_RESULTS_TEST_<NAME> gives a URL for; at least one must be there."""
    found = [Server(name, os.environ[key]) for name in names if (key := f"CELERY_RESULTS_TEST_{name}") in os.environ]
    if not found:
        raise pytest.UsageError(f"set CELERY_RESULTS_TEST_{names[0]} to a server's URL; Scripts/test does")
    return [pytest.param(server, id=server.name.lower()) for server in found]


WITH_WORKERS = servers("MARIADB1011", "MYSQL97")
ALL = servers("MARIADB105", "MARIADB1011", "MARIADB118", "MYSQL97")
NAMES = ("mariadb1011", "mysql97", "mariadb118", "mariadb105")
# What takes long on every server is left to `Scripts/test --full`.
FULL = os.environ.get("CELERY_RESULTS_TEST_FULL") == "yes"
