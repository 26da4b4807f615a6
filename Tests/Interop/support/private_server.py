"""Servers of these tests' own, which they may kill."""

import functools
import os
import subprocess
import tempfile
from contextlib import ExitStack, contextmanager

from support.servers import Server

# Small, so that it is quickly there again. What it writes must outlive its process, not the machine.
OPTIONS = {
    "mariadb": ["--innodb-buffer-pool-size=24M", "--innodb-log-file-size=16M"],
    "mysql": ["--innodb-buffer-pool-size=24M", "--innodb-redo-log-capacity=16M"],
}


class PrivateServer:
    def __init__(self, name, state):
        self.name = name
        self.environment = {**os.environ, "CELERY_RESULTS_SERVERS_STATE": state}

    def start(self):
        options = next(options for flavor, options in OPTIONS.items() if self.name.startswith(flavor))
        url = self.run("start", "--", "--max-connections=500", "--innodb-flush-log-at-trx-commit=2", *options)
        self.server = Server(self.name, url.strip())

    def run(self, verb, *arguments):
        script = os.environ["CELERY_RESULTS_TEST_SERVERS_SCRIPT"]
        done = subprocess.run(
            [script, verb, self.name, *arguments], env=self.environment, capture_output=True, text=True, timeout=300)
        if done.returncode:
            raise AssertionError(f"{script} {verb} {self.name} failed:\n{done.stderr}")
        return done.stdout

    def kill(self):
        self.run("kill")

    def start_again(self):
        self.run("start")


@contextmanager
def private_servers():
    """A function that gives the server of a name, which is started when it is first asked for."""
    # Scripts/test ends what is still there when these tests could not.
    with tempfile.TemporaryDirectory(dir=os.environ.get("CELERY_RESULTS_TEST_PRIVATE_SERVERS")) as state:
        with ExitStack() as stack:
            @functools.cache
            def named(name):
                server = PrivateServer(name, state)
                stack.callback(server.run, "wipe")
                server.start()
                return server

            yield named
