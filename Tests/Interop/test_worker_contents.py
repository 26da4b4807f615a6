"""Whatever a task returns or raises, the tool reads it as Celery does."""

import pytest
from support.cases import CONTENTS
from support.metas import assert_read_alike
from support.worker import running_worker


@pytest.fixture(scope="module")
def worker(tool, tmp_path_factory):
    with running_worker(tool.url, tmp_path_factory.mktemp("broker"), extended=False) as worker:
        yield worker


@pytest.fixture(scope="module")
def task_ids(worker):
    """The ids of tasks for all of them, by name; the worker runs while the tests wait."""
    return {name: worker.send(task, *arguments) for name, (task, arguments, _) in CONTENTS.items()}


@pytest.mark.parametrize("name", CONTENTS)
def test_content(name, tool, worker, task_ids):
    worker.wait_for_state(task_ids[name], CONTENTS[name][2])
    assert_read_alike(tool, task_ids[name])
