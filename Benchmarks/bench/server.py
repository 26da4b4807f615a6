"""The server under measurement: its databases and what it counts."""

import os
import subprocess
from urllib.parse import urlsplit, urlunsplit

import MySQLdb

TABLE = "django_celery_results_taskresult"
COUNTERS = ("Questions", "Com_select", "Com_insert", "Com_update", "Com_delete", "Com_commit", "Com_stmt_prepare",
            "Com_stmt_execute", "Handler_commit", "Innodb_os_log_fsyncs")
TICKS = os.sysconf("SC_CLK_TCK")


class Server:
    def __init__(self, name, url, pid, tool):
        self.name = name
        self.url = url
        self.pid = pid
        self.tool = tool
        self.connection = connect(url)
        self.version = self.query("SELECT VERSION()")[0][0]
        self.is_mariadb = "MariaDB" in self.version

    def query(self, sql, parameters=()):
        with self.connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            return cursor.fetchall()

    def database_url(self, database):
        return urlunsplit(urlsplit(self.url)._replace(path="/" + database))

    def make_database(self, database):
        """Makes a database with the newest tables, as `celery-results migrate` makes them."""
        self.query(f"DROP DATABASE IF EXISTS {database}")
        self.query(f"CREATE DATABASE {database} CHARACTER SET utf8mb4")
        url = self.database_url(database)
        subprocess.run([self.tool, "migrate", "--url", url], check=True, stdout=subprocess.DEVNULL)
        return url

    def truncate(self, database):
        self.query(f"TRUNCATE TABLE {database}.{TABLE}")

    def counters(self):
        names = ", ".join(f"'{name}'" for name in COUNTERS)
        rows = self.query(f"SHOW GLOBAL STATUS WHERE Variable_name IN ({names})")
        return {name: int(value) for name, value in rows}

    def processor_seconds(self):
        with open(f"/proc/{self.pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def connections(self):
        """How many connections there are beside this one."""
        [(_, count)] = self.query("SHOW GLOBAL STATUS LIKE 'Threads_connected'")
        return int(count) - 1


def connect(url):
    parts = urlsplit(url)
    return MySQLdb.connect(
        host=parts.hostname, port=parts.port, user=parts.username, passwd=parts.password,
        db=parts.path.lstrip("/"), charset="utf8mb4", autocommit=True)
