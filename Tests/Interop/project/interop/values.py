"""Values that tasks return, by name."""

import datetime
import decimal
import uuid

INDIA = datetime.timezone(datetime.timedelta(hours=5, minutes=30))

VALUES = {
    "none": None,
    "true": True,
    "zero": 0,
    "integer": 5,
    "negative": -7,
    "float": 1.5,
    "whole float": 3.0,
    "negative zero": -0.0,
    "large float": 1e300,
    "small float": 5e-324,
    "float with 17 digits": 0.1 + 0.2,
    "largest signed 64-bit integer": 2**63 - 1,
    "largest unsigned 64-bit integer": 2**64 - 1,
    "integer of 100 digits": 10**99 + 7,
    "negative integer of 100 digits": -(10**99) - 7,
    "not a number": float("nan"),
    "infinity": float("inf"),
    "negative infinity": float("-inf"),
    "empty string": "",
    "string with quotes": 'plain "q" \\ / \'',
    "string of control characters": "\x00\x01\b\t\n\f\r\x1f\x7f\u2028",
    "emoji and CJK": "Grüße, 世界 🎉",
    "lone surrogate": "a\ud800b",
    "string that is a number": "5",
    "long string": "x" * 100_000,
    "empty list": [],
    "nested lists": [1, [2.0, [None, True, [[]]]]],
    "tuple": (1, "two"),
    "empty dictionary": {},
    "dictionary": {"total": 42, "ключ": {"b": 1, "a": [2]}, "": None},
    "dictionary with keys that are no strings": {1: "a", None: "b", True: "c"},
    "datetime without zone": datetime.datetime(2024, 1, 2, 3, 4, 5),
    "datetime in UTC": datetime.datetime(2024, 1, 2, 3, 4, 5, 678900, datetime.timezone.utc),
    "datetime in India": datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=INDIA),
    "date": datetime.date(2024, 1, 2),
    "time": datetime.time(3, 4, 5),
    "time with microseconds": datetime.time(3, 4, 5, 6),
    "decimal": decimal.Decimal("1.10"),
    "decimal with exponent": decimal.Decimal("1E+5"),
    "uuid": uuid.UUID("12345678123456781234567812345678"),
    "bytes of text": b"abc",
    "bytes of no text": b"\xff\xfe",
    "types in a list": [decimal.Decimal("2.50"), {"at": datetime.date(2030, 12, 31)}],
    "dictionary that looks like a type": {"__type__": "date", "__value__": "2024-01-02", "more": 1},
}
