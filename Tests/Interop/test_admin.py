"""Django's admin shows what the tool stored."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from django_celery_results.models import TaskResult
from support.task_ids import new_id

TRACEBACK = 'Traceback (most recent call last):\n  File "tasks.py", line 12, in <module>\nValueError: bad & worse'

STORED = {
    "STARTED": ["--state", "STARTED", "--result", '{"pid": 4242}'],
    "SUCCESS": ["--state", "SUCCESS", "--result", '{"total": 42}', "--task-name", "shop.charge",
                "--task-args", "(4711,)", "--task-kwargs", "{'currency': 'EUR'}", "--worker", "celery@example",
                "--periodic-task-name", "nightly"],
    "FAILURE": ["--state", "FAILURE", "--exception", "ValueError", "--message", "bad & worse",
                "--traceback", TRACEBACK],
    "RETRY": ["--state", "RETRY", "--exception", "TimeoutError", "--message", "no answer"],
    "REVOKED": ["--state", "REVOKED", "--exception", "celery.exceptions.TaskRevokedError", "--message", "revoked"],
    "PROGRESS": ["--state", "PROGRESS", "--result", '"Grüße 🎉"'],
}

# What the change page must show beside the id and the state.
SHOWN = {
    "STARTED": ['{"pid": 4242}'],
    "SUCCESS": ['{"total": 42}', "shop.charge", '"(4711,)"', "\"{'currency': 'EUR'}\"", "celery@example", "nightly"],
    "FAILURE": ['"exc_type": "ValueError", "exc_message": ["bad & worse"], "exc_module": "builtins"',
                'File "tasks.py", line 12, in <module>', "ValueError: bad & worse"],
    "RETRY": ['"exc_type": "TimeoutError", "exc_message": ["no answer"]'],
    "REVOKED": ['"exc_type": "TaskRevokedError", "exc_message": ["revoked"], "exc_module": "celery.exceptions"'],
    "PROGRESS": ['"Gr\\u00fc\\u00dfe \\ud83c\\udf89"'],
}


@pytest.fixture(scope="module")
def stored(tool):
    """The ids of the stored results, by state."""
    ids = {state: new_id() for state in STORED}
    for state, arguments in STORED.items():
        tool.store(ids[state], *arguments)
    return ids


@pytest.fixture(scope="module")
def browser(tool):
    client = Client()
    client.force_login(User.objects.create_superuser("admin"))
    return client


def page(browser, url):
    response = browser.get(url)
    assert response.status_code == 200
    # The admin breaks the lines of long text with tags.
    return re.sub(r"<br ?/?>", "\n", response.content.decode())


@pytest.mark.parametrize("state", STORED)
def test_list(state, browser, stored):
    content = page(browser, reverse("admin:django_celery_results_taskresult_changelist"))
    row = next(row for row in content.split("<tr") if stored[state] in row)
    assert f">{state}<" in row
    if state == "SUCCESS":
        assert "shop.charge" in row and "nightly" in row and "celery@example" in row


@pytest.mark.parametrize("state", STORED)
def test_change_page(state, browser, stored):
    row = TaskResult.objects.get(task_id=stored[state])
    content = page(browser, reverse("admin:django_celery_results_taskresult_change", args=[row.pk]))
    for text in [stored[state], state, *SHOWN[state]]:
        assert escape(text) in content


def test_filter_by_state(browser, stored):
    url = reverse("admin:django_celery_results_taskresult_changelist")
    content = page(browser, url + "?status__exact=REVOKED")
    assert stored["REVOKED"] in content
    assert stored["SUCCESS"] not in content


def test_filter_by_date(browser, stored):
    year = TaskResult.objects.get(task_id=stored["SUCCESS"]).date_done.year
    content = page(browser, reverse("admin:django_celery_results_taskresult_changelist") + f"?date_done__year={year}")
    assert stored["SUCCESS"] in content
