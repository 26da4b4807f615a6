"""Exceptions that tasks raise, by name."""


class CardRefused(Exception):
    """An exception of the project's own."""


class TwoArguments(Exception):
    """An exception whose arguments are not those of its message."""

    def __init__(self, code, reason):
        super().__init__(code, reason)
        self.code = code


EXCEPTIONS = {
    "one argument": lambda: ValueError("bad"),
    "no argument": lambda: RuntimeError(),
    "several arguments": lambda: ValueError("bad", 3, None, 1.5, [1, {"a": 2}]),
    "arguments that cannot be encoded": lambda: ValueError("bad", object, {1, 2}, 1j),
    "a key error": lambda: KeyError("k"),
    "an operating system error": lambda: OSError(2, "No such file", "/nowhere"),
    "a class of the project": lambda: CardRefused("no such card", 4711),
    "a class with a constructor": lambda: TwoArguments(7, "seven"),
    "emoji": lambda: ValueError("Grüße, 世界 🎉"),
    "kombu's types": lambda: ValueError(b"abc", b"\xff"),
    "an exception inside": lambda: ValueError(KeyError("inner")),
}
