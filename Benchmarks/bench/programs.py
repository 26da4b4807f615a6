"""The programs that are measured, as processes that say `ready` and wait for the start."""

import json
import os
import subprocess
import sys


class Failure(Exception):
    """A program that did not do what it was told."""


class Program:
    def __init__(self, words, **options):
        self.words = words
        self.process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1, **options)

    def line(self):
        line = self.process.stdout.readline()
        if not line:
            code = self.process.wait()
            raise Failure(f"{os.path.basename(self.words[0])} {self.words[1]} ended with exit code {code}")
        return line.rstrip("\n")

    def wait_until_ready(self):
        while self.line() != "ready":
            pass

    def send(self, line=""):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def answer(self):
        return json.loads(self.line())

    def stop(self):
        """Asks the program to end, and waits for it."""
        self.process.terminate()
        self.close()

    def close(self):
        """Waits for a program that has nothing more to do, and ends it if it goes on."""
        if not self.process.stdin.closed:
            self.process.stdin.close()
        for end in (self.process.terminate, self.process.kill, None):
            try:
                self.process.wait(10)
                break
            except subprocess.TimeoutExpired:
                if end is None:
                    raise
                end()
        self.process.stdout.close()


class Peer(Program):
    """One of Celery's own backends; it is asked again and again."""

    def __init__(self, name, url):
        folder = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
        environment = {**os.environ, "PYTHONPATH": folder, "PYTHONDONTWRITEBYTECODE": "1"}
        super().__init__([sys.executable, "-m", "bench.peer", name, url], env=environment)

    def begin(self, **command):
        self.send(json.dumps(command))
        self.wait_until_ready()
