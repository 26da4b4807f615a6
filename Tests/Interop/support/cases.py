"""What a worker is asked to do, and the state that its result ends in."""

from interop.errors import EXCEPTIONS
from interop.values import VALUES

# name of the case: name of the task, its arguments, its state
CASES = {
    "success": ("give", ["dictionary"], "SUCCESS"),
    "success with an asynchronous result": ("give_async_result", [], "SUCCESS"),
    "failure": ("fail", ["several arguments"], "FAILURE"),
    "failure to encode": ("give_unserialisable", [], "FAILURE"),
    "failure after the last retry": ("retry_too_often", [], "FAILURE"),
    "retry without exception": ("retry_later", [], "RETRY"),
    "retry with exception": ("retry_after_error", [], "RETRY"),
    "children that are tasks": ("call_children", [], "SUCCESS"),
    "a child that is a group": ("call_group", [], "SUCCESS"),
    "a child that is a chain": ("call_chain", [], "SUCCESS"),
}

# What is returned and raised does not depend on result_extended: these are for one worker only.
CONTENTS = {
    **{f"returned {name}": ("give", [name], "SUCCESS") for name in VALUES},
    **{f"raised {name}": ("fail", [name], "FAILURE") for name in EXCEPTIONS},
}
