import os
import signal
import sys

sys.dont_write_bytecode = True
os.environ["DJANGO_SETTINGS_MODULE"] = "interop.settings"
# Celery, and Django in this process, must not see a setting of the caller's.
for name in ("CELERY_RESULT_BACKEND", "DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH"):
    os.environ.pop(name, None)
if "CELERY_RESULTS_TOOL" not in os.environ:
    raise SystemExit("set CELERY_RESULTS_TOOL to the path of celery-results; Scripts/test does")

import django  # noqa: E402

django.setup()

import pytest  # noqa: E402

# Whoever ends the tests early has the workers and databases removed as well.
signal.signal(signal.SIGTERM, lambda *_: pytest.exit("terminated", returncode=143))

from support.databases import django_connected_to, throwaway_database  # noqa: E402
from support.private_server import private_servers  # noqa: E402
from support.programs import Tool, manage  # noqa: E402
from support.samples import is_repeated  # noqa: E402
from support.servers import WITH_WORKERS  # noqa: E402
from support.totals import TOTALS, add, lines  # noqa: E402


@pytest.fixture(scope="session")
def private():
    """The servers that the tests may kill, by name."""
    with private_servers() as named:
        yield named


@pytest.fixture(scope="module", params=WITH_WORKERS)
def tool(request):
    """The tool on a database that it migrated and Django completed, which Django in this process uses too."""
    with throwaway_database(request.param) as url:
        tool = Tool(url)
        tool.migrate()
        manage(url, "migrate", "--verbosity", "0")
        with django_connected_to(url):
            yield tool


def pytest_collection_modifyitems(config, items):
    repeated = [item for item in items if is_repeated(item)]
    if repeated:
        config.hook.pytest_deselected(items=repeated)
        items[:] = [item for item in items if not is_repeated(item)]


def pytest_sessionfinish(session):
    # This is a worker of pytest-xdist: its controller prints.
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["totals"] = {name: dict(counts) for name, counts in TOTALS.items()}


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node):
    add(getattr(node, "workeroutput", {}).get("totals", {}))


def pytest_terminal_summary(terminalreporter):
    for line in lines():
        terminalreporter.write_line(line)
