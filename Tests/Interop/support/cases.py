"""What a worker is asked to do, and the state that its result ends in."""

from interop.errors import EXCEPTIONS
from interop.values import VALUES

# name of the case: name of the task, its arguments, its state
CASES = {
    **{f"value: {name}": ("give", [name], "SUCCESS") for name in VALUES},
    **{f"failure: {name}": ("fail", [name], "FAILURE") for name in EXCEPTIONS},
    "failure: a value that cannot be encoded": ("give_unserialisable", [], "FAILURE"),
    "failure: retried too often": ("retry_too_often", [], "FAILURE"),
    "retry: without exception": ("retry_later", [], "RETRY"),
    "retry: with exception": ("retry_after_error", [], "RETRY"),
    "children: tasks": ("call_children", [], "SUCCESS"),
    "children: a group": ("call_group", [], "SUCCESS"),
    "children: a chain": ("call_chain", [], "SUCCESS"),
    "value: an asynchronous result": ("give_async_result", [], "SUCCESS"),
}
