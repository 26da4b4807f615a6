"""What is left out because other tests say it as well, unless everything is asked for.

What a value is written as does not depend on the server, which has to give back the text that it was given: the first
server is given every value, the others those whose text is the hardest to keep.
"""

from support.servers import FULL, NAMES, WITH_WORKERS
from support.starts import LENGTHS, LEVELS

MATRICES = {"test_contents", "test_import", "test_worker_contents"}
FIRST = WITH_WORKERS[0].values[0]
SAMPLES = {
    "string of control characters", "emoji and CJK", "lone surrogate", "string with quotes", "long string",
    "integer of 100 digits", "not a number", "nested lists", "datetime in UTC", "bytes of no text", "all bytes",
    "exceptions in a list", "emoji", "several arguments", "success", "failure", "children that are tasks"}


def is_repeated(item):
    """Whether the test would say what others say that are run anyway."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    module = item.module.__name__
    if FULL:
        return False
    if module in MATRICES:
        server, name = parameters.get("tool"), parameters.get("name")
        if name is None or server in (None, FIRST):
            return False
        return name.removeprefix("returned ").removeprefix("raised ") not in SAMPLES
    if module == "test_levels":
        # A shorter length makes shorter indexes, on two kinds of server as on all.
        return parameters.get("server") in NAMES[2:] and parameters.get("length") != LENGTHS[0]
    if module == "test_interruptions":
        # From a later level the same statements are left as from an earlier one, without the first of them.
        return parameters.get("scene") in LEVELS and LEVELS.index(parameters["scene"]) % 4 != 0
    return False
