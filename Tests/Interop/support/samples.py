"""What is tried on one server only, unless everything is asked for.

What a value is written as does not depend on the server, which has to give back the text that it was given: the first
server is given every value, the others those whose text is the hardest to keep.
"""

from support.servers import FULL, WITH_WORKERS

MATRICES = {"test_contents", "test_import", "test_worker_contents"}
FIRST = WITH_WORKERS[0].values[0]
SAMPLES = {
    "string of control characters", "emoji and CJK", "lone surrogate", "string with quotes", "long string",
    "integer of 100 digits", "not a number", "nested lists", "datetime in UTC", "bytes of no text", "all bytes",
    "exceptions in a list", "emoji", "several arguments", "success", "failure", "children that are tasks"}


def is_repeated(item):
    """Whether the test would give a later server what says nothing new about it."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    server, name = parameters.get("tool"), parameters.get("name")
    if FULL or item.module.__name__ not in MATRICES or name is None or server in (None, FIRST):
        return False
    return name.removeprefix("returned ").removeprefix("raised ") not in SAMPLES
