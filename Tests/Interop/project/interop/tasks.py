"""Tasks that end, or stay, in each state that Celery stores."""

import os
import time

from celery import chain, group, shared_task
from celery.exceptions import Ignore, Reject

from interop.errors import EXCEPTIONS
from interop.values import VALUES


@shared_task
def give(name):
    return VALUES[name]


@shared_task
def fail(name):
    raise EXCEPTIONS[name]()


@shared_task
def add(x, y):
    return x + y


@shared_task
def give_unserialisable():
    return object()


@shared_task(bind=True)
def retry_later(self):
    raise self.retry(countdown=3600)


@shared_task(bind=True)
def retry_after_error(self):
    try:
        raise TimeoutError("the bank did not answer", 30)
    except TimeoutError as error:
        raise self.retry(exc=error, countdown=3600)


@shared_task(bind=True, max_retries=0)
def retry_too_often(self):
    raise self.retry(countdown=0)


def wait_for(path):
    while not os.path.exists(path):
        time.sleep(0.02)


@shared_task
def hold(path):
    """Stays STARTED until the file exists."""
    wait_for(path)
    return "released"


@shared_task(bind=True)
def report_progress(self, state, path):
    self.update_state(state=state, meta={"current": 3, "total": 10, "note": "Grüße 🎉"})
    wait_for(path)
    return "released"


@shared_task(ignore_result=True)
def ignored(path):
    open(path, "w").close()


@shared_task(ignore_result=True)
def ignored_failure(path):
    open(path, "w").close()
    raise ValueError("nobody sees this")


@shared_task
def raise_ignore(path):
    open(path, "w").close()
    raise Ignore()


@shared_task
def raise_reject(path):
    open(path, "w").close()
    raise Reject("no", requeue=False)


@shared_task
def call_children():
    for number in range(2):
        add.delay(number, 1)
    return "called"


@shared_task
def call_group():
    group(add.s(1, 1), add.s(2, 2)).delay()
    return "called"


@shared_task
def call_chain():
    chain(add.s(1, 1), add.s(3)).delay()
    return "called"


@shared_task
def give_async_result():
    return add.delay(1, 1).as_tuple()


@shared_task
def total(numbers):
    return sum(numbers)
