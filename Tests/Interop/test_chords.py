"""Celery's own workers and this project's count the parts of the same chords."""

import itertools
import os

import pytest
from django_celery_results.models import ChordCounter
from interop.app import app
from interop.errors import CardRefused
from support.chords import Chord

ORDERS = ["".join(sides) for sides in itertools.product("PS", repeat=3)]
ERRORS = {
    "KeyError": KeyError("k"),
    "several arguments": ValueError("bad", 3, None, 1.5, [True]),
    "quotes and emoji": ValueError("it's \"Grüße\" 🎉"),
    "the project's own": CardRefused("no such card"),
    "no argument": RuntimeError(),
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setitem(os.environ, "INTEROP_BROKER_FOLDER", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("applied_by", ["P", "S"])
@pytest.mark.parametrize("order", ORDERS)
def test_one_completion(tool, folder, order, applied_by):
    chord = Chord(tool, len(order))
    chord.apply_in_python() if applied_by == "P" else chord.apply_in_swift()
    for number, side in enumerate(order):
        assert not chord.completions and not chord.sent_by_python(folder)
        chord.count(side, number, number)
    sent = chord.sent_by_python(folder)
    assert len(sent) + len(chord.completions) == 1
    # Whoever counts the last part completes the chord.
    assert len(sent) == (order[-1] == "P")
    for completion in chord.completions:
        assert completion == {"body_id": chord.body_id, "values": list(range(len(order)))}
    assert not ChordCounter.objects.filter(group_id=chord.group).exists()


@pytest.mark.parametrize("last", ["P", "S"])
def test_parts_that_come_again_afterwards(tool, folder, last):
    chord = Chord(tool, 2)
    chord.apply_in_swift()
    chord.count("S" if last == "P" else "P", 0, 1)
    chord.count(last, 1, 2)
    for number in range(2):
        # Celery finds no counter, and only warns.
        chord.count("P", number, number + 1)
        chord.count("S", number, number + 1)
    assert len(chord.sent_by_python(folder)) + len(chord.completions) == 1


def test_a_part_that_came_to_celery_and_then_to_swift(tool, folder):
    chord = Chord(tool, 3)
    chord.apply_in_python()
    chord.count("P", 0, 0)
    chord.count("S", 0, 0)
    # Counted twice, and yet the next part is not the last.
    chord.count("P", 1, 1)
    assert ChordCounter.objects.get(group_id=chord.group).count == 1
    chord.count("P", 2, 2)
    assert len(chord.sent_by_python(folder)) == 1


def test_what_celery_completed_is_listed(tool, folder):
    chord = Chord(tool, 2)
    chord.apply_in_swift()
    chord.count("S", 0, 0)
    assert f"{chord.group}  open" in tool.run("chords").stdout
    chord.count("P", 1, 1)
    assert f"{chord.group}  counted elsewhere" in tool.run("chords").stdout


@pytest.mark.parametrize("name", ERRORS)
def test_error_is_the_one_that_celery_stores(tool, folder, name):
    celerys, ours = Chord(tool, 2), Chord(tool, 2)
    for chord in celerys, ours:
        chord.apply_in_python()
    celerys.count_in_python(1, error=ERRORS[name])
    celerys.count_in_python(0, value=1)
    stored = app.backend.get_task_meta(celerys.body_id)
    assert stored["status"] == "FAILURE" and type(stored["result"]).__name__ == "ChordError"
    ours.store_in_python(1, error=ERRORS[name])
    ours.count_in_swift(1, state="FAILURE")
    ours.store_in_python(0, value=1)
    completion = ours.count_in_swift(0)
    assert completion["part"] == ours.parts[1]
    assert completion["error"] == {
        "exc_type": "ChordError", "exc_message": list(stored["result"].args), "exc_module": "celery.exceptions"}
