"""What one large result takes of memory; printed only."""

from . import contestants
from .programs import Program
from .stores import DATABASE

BYTES = 15_000_000
FORMS = {"text": "one string", "integers": "a million integers"}
WORKS = {"store": "stored", "row": "read, not decoded", "value": "read as a PythonValue",
         "typed": "read as a Swift value"}


def large(run):
    if run.only and "large" not in run.only:
        return
    for form, description in FORMS.items():
        for work, done in WORKS.items():
            answer = run_large(run, work, form)
            run.figure(f"15 MB of JSON, {description}, {done}: peak memory over idle ÷ size",
                       round(answer["peak_over_size"], 1))
    answer = run_large(run, "value", "text", callers=8)
    run.figure("15 MB of JSON, one string, read by 8 connections at once: what stays resident ÷ size of one",
               round(8 * answer["kept_over_size"], 1))


def run_large(run, work, form, **options):
    program = Program(contestants.driver_words(
        run, "large", DATABASE, wait=False, work=work, form=form, bytes=BYTES, **options))
    try:
        return program.answer()
    finally:
        program.close()
