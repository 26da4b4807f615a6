"""Runs the project's tool and Django's manage.py, as their users do."""

import os
import subprocess
import sys
from pathlib import Path

from kombu.utils import json as kombu_json

PROJECT = Path(__file__).parent.parent / "project"
SECONDS = 120


def project_environment(url, **variables):
    # Celery itself reads CELERY_RESULT_BACKEND, and would take the tool's URL for a backend of its own.
    inherited = {name: value for name, value in os.environ.items() if name != "CELERY_RESULT_BACKEND"}
    return {**inherited, "INTEROP_DATABASE": url, "PYTHONDONTWRITEBYTECODE": "1", **variables}


def run(words, env, exit_codes=(0,)):
    done = subprocess.run(words, env=env, cwd=PROJECT, capture_output=True, text=True, timeout=SECONDS)
    if done.returncode not in exit_codes:
        raise AssertionError(
            f"{' '.join(words)}\nended with exit code {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


def run_django(url, *arguments, exit_codes=(0,), **variables):
    words = [sys.executable, "manage.py", *arguments]
    return run(words, project_environment(url, **variables), exit_codes)


def manage(url, *arguments, **variables):
    return run_django(url, *arguments, **variables).stdout


class Tool:
    """celery-results on one database."""

    def __init__(self, url):
        self.url = url
        self.path = os.environ["CELERY_RESULTS_TOOL"]

    def environment(self, **variables):
        return {**os.environ, "CELERY_RESULT_BACKEND": self.url, **variables}

    def run(self, *arguments, exit_codes=(0,), **variables):
        return run([self.path, *arguments], self.environment(**variables), exit_codes)

    def migrate(self, *arguments, **variables):
        return self.run("migrate", *arguments, **variables)

    def store(self, task_id, *arguments):
        return self.run("store", task_id, *arguments)

    def get(self, task_id):
        """The meta that the tool prints, with kombu's types as Python values."""
        return kombu_json.loads(self.run("get", task_id, "--format", "json").stdout)
