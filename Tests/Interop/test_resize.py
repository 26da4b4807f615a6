"""After `celery-results resize N`, Django with the setting N has nothing to do."""

import pytest
from support.databases import query, throwaway_database
from support.programs import Tool, manage
from support.schema import create_statements
from support.servers import WITH_WORKERS

APP = "django_celery_results"


def setting(length):
    return {"DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH": str(length)}


@pytest.fixture(scope="module", params=WITH_WORKERS)
def made_by_django(request):
    """A database that Django migrated without the setting, with a row in it."""
    with throwaway_database(request.param) as url:
        manage(url, "migrate", "--verbosity", "0", APP)
        Tool(url).store("🎉", "--result", "42")
        yield url


@pytest.mark.parametrize("length", [191, 300, 64, 255])
def test_django_has_nothing_to_do(made_by_django, length):
    url = made_by_django
    done = Tool(url).run("resize", str(length))
    assert f"Set DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH = {length} in Django's settings" in done.stdout
    before = create_statements(url)
    manage(url, "migrate", "--check", APP, **setting(length))
    assert "No changes detected" in manage(
        url, "makemigrations", "--check", "--dry-run", APP, **setting(length))
    assert "No migrations to apply." in manage(url, "migrate", APP, **setting(length))
    assert create_statements(url) == before
    assert Tool(url).get("🎉")["result"] == 42


@pytest.mark.parametrize("length", [191, 64])
def test_the_tables_are_those_that_django_makes_with_the_setting(length):
    for parameter in WITH_WORKERS:
        [server] = parameter.values
        with throwaway_database(server) as url, throwaway_database(server) as other:
            manage(url, "migrate", "--verbosity", "0", APP)
            Tool(url).run("resize", str(length))
            manage(other, "migrate", "--verbosity", "0", APP, **setting(length))
            assert create_statements(url) == create_statements(other)


def test_an_id_that_is_too_long_is_named_and_nothing_is_changed(made_by_django):
    url = made_by_django
    task_id = "long-" + "x" * 100
    Tool(url).store(task_id, "--result", "1")
    before = create_statements(url)
    done = Tool(url).run("resize", "64", exit_codes=(1,))
    assert task_id in done.stderr
    assert create_statements(url) == before
    assert query(url, f"SELECT COUNT(*) FROM {APP}_taskresult WHERE task_id = %s", [task_id]) == ((1,),)
