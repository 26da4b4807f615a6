"""Chords that real Celery and the project's own library count together, part by part."""

import json
import os
from pathlib import Path

from celery.app.task import Context
from celery.result import AsyncResult
from interop.app import app
from interop.tasks import total

from support.programs import run
from support.task_ids import new_id


def driver(tool, *words):
    """A worker that is written in Swift, for one call; returns what it prints."""
    path = Path(os.environ["CELERY_RESULTS_TOOL"]).parent / "ChordDriver"
    printed = run([str(path), *words], tool.environment()).stdout
    return json.loads(printed) if printed else None


class Chord:
    """A chord of interop.tasks.total, whose parts either side can store and count."""

    def __init__(self, tool, parts):
        self.tool = tool
        self.group = new_id()
        self.parts = [new_id() for _ in range(parts)]
        self.body = total.s()
        self.body.freeze(new_id())
        self.body_id = self.body.options["task_id"]
        self.completions = []

    def apply_in_python(self):
        app.backend.apply_chord((self.group, [AsyncResult(part, app=app) for part in self.parts]), self.body)

    def apply_in_swift(self):
        driver(self.tool, "apply", self.group, self.body_id, *self.parts)

    def request(self, number):
        return Context(id=self.parts[number], group=self.group, chord=json.loads(json.dumps(self.body)), args=[], kwargs={})

    def count_in_python(self, number, value=None, error=None):
        """Stores and counts the part, as a worker of Celery's does; the body goes into the broker's folder."""
        if error is None:
            app.backend.mark_as_done(self.parts[number], value, request=self.request(number))
        else:
            app.backend.mark_as_failure(self.parts[number], error, request=self.request(number))

    def store_in_python(self, number, value=None, error=None):
        if error is None:
            app.backend.store_result(self.parts[number], value, "SUCCESS")
        else:
            app.backend.store_result(self.parts[number], error, "FAILURE")

    def count_in_swift(self, number, state="SUCCESS"):
        completion = driver(
            self.tool, "return", self.group, self.parts[number], state, json.dumps(self.body))
        if completion is not None:
            self.completions.append(completion)
        return completion

    def count(self, side, number, value):
        if side == "P":
            self.count_in_python(number, value)
        else:
            self.tool.store(self.parts[number], "--result", json.dumps(value))
            self.count_in_swift(number)

    def sent_by_python(self, folder):
        """The bodies that Celery has sent: the messages with the body's id."""
        messages = [json.loads(path.read_text()) for path in (folder / "messages").glob("*.msg")]
        return [message for message in messages if message["headers"]["id"] == self.body_id]
