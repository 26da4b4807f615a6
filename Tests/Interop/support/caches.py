"""The caches that Celery and the Swift backend share, each with a driver for the Swift side."""

import json
import os
import subprocess
import uuid
from contextlib import contextmanager
from pathlib import Path

from celery import Celery
from django.test.utils import override_settings

DRIVER = str(Path(os.environ["CELERY_RESULTS_TOOL"]).with_name("CacheDriver"))
SECONDS = 120


class Cache:
    """A cache, with Celery's backend for it and the Swift one."""

    def __init__(self, app, url, *arguments):
        self.app = app
        self.words = [DRIVER, url, *arguments]

    @property
    def backend(self):
        return self.app.backend

    def start(self, *words):
        return subprocess.Popen(
            [*self.words, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def finish(self, process):
        output, errors = process.communicate(timeout=SECONDS)
        assert process.returncode == 0, errors
        return output

    def swift(self, *words):
        return self.finish(self.start(*words))

    def swift_get(self, task_id):
        return json.loads(self.swift("get", task_id))


def app_with(**settings):
    app = Celery("caches", broker="memory://", set_as_current=False)
    app.conf.update(result_extended=True, result_expires=600, **settings)
    return app


@contextmanager
def redis_cache():
    url = os.environ["CELERY_RESULTS_TEST_REDIS70"]
    cache = Cache(app_with(result_backend=url), url)
    try:
        yield cache
    finally:
        cache.backend.client.close()


@contextmanager
def django_cache(tool):
    """A table that the tool made, used by Django through its CACHES."""
    table = f"cache_{uuid.uuid4().hex[:8]}"
    tool.run("create-cache-table", table)
    caches = {"default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": table,
        "OPTIONS": {"MAX_ENTRIES": 1_000_000}}}
    with override_settings(CACHES=caches):
        app = app_with(result_backend="django-cache", cache_backend="default")
        yield Cache(app, tool.url, "--table", table)
