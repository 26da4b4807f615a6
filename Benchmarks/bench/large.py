"""What one large result takes of memory; printed only."""

import os

from . import contestants
from .programs import Program
from .stores import DATABASE

BYTES = 15_000_000
FORMS = {"text": "one string", "integers": "a million integers"}
ACTIONS = {
    "store": "stored",
    "row": "read, not decoded",
    "value": "read as a PythonValue",
    "typed": "read as a Swift value",
}
# Else glibc keeps what is freed, once something as large has been freed.
THRESHOLD = {"MALLOC_MMAP_THRESHOLD_": "1048576"}


def large(run):
    if run.only and "large" not in run.only:
        return
    for form, description in FORMS.items():
        for action, done in ACTIONS.items():
            answer = run_large(run, action, form)
            run.figure(f"15 MB of JSON, {description}, {done}: peak memory over idle ÷ size",
                       round(answer["peak_over_size"], 1))
    for suffix, variables in {"": {}, ", MALLOC_MMAP_THRESHOLD_ set": THRESHOLD}.items():
        answer = run_large(run, "value", "text", variables, callers=8)
        run.figure(f"8 such strings read at once by 8 connections: resident afterwards ÷ size of all{suffix}",
                   round(answer["kept_over_size"], 2))


def run_large(run, action, form, variables=None, **options):
    words = contestants.driver_words(
        run, "large", DATABASE, wait=False, action=action, form=form, bytes=BYTES, **options)
    program = Program(words, env={**os.environ, **(variables or {})})
    try:
        return program.answer()
    finally:
        program.close()
