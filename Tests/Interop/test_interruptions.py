"""Interrupted between any two of its statements, `celery-results migrate` ends as if it had not been, the next time."""

import pytest
from support.interruptions import KINDS, Scene
from support.servers import FULL, NAMES
from support.starts import EMPTY, LEVELS, RELEASES
from support.totals import TOTALS


@pytest.fixture(scope="module", params=NAMES if FULL else NAMES[:1])
def server(request, private):
    return private(request.param)


@pytest.fixture(scope="module", params=[EMPTY, *LEVELS, *(RELEASES if FULL else ())])
def scene(request, server):
    scene = Scene(server, request.param)
    TOTALS[f"interruptions: {server.name}"]["boundaries"] += len(scene.boundaries)
    return scene


@pytest.mark.parametrize("kind", KINDS)
def test_every_boundary(kind, scene):
    outcomes = scene.interrupt(kind)
    assert len(outcomes) == len(scene.boundaries)
    TOTALS[f"interruptions: {scene.private.name}"].update({
        "interruptions": len(outcomes),
        "schemas that differ": sum(bool(outcome.schema) for outcome in outcomes),
        "databases with rows changed": sum(bool(outcome.rows) for outcome in outcomes),
        "second runs that failed": sum(bool(outcome.failures) for outcome in outcomes),
    })
    faults = [fault for outcome in outcomes for fault in outcome.faults]
    assert not faults, "\n".join(faults)
