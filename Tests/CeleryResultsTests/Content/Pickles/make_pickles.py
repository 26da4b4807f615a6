"""Prints the pickles of some values in every protocol: protocol, pickle in hexadecimal, what Swift shows for it.

Run it with a Python that has Celery; pickles.txt is what it printed."""

import collections
import datetime
import decimal
import os
import pickle
import sys
import types
import uuid
import zoneinfo

from celery.exceptions import ChordError, TaskRevokedError
from celery.utils.serialization import UnpickleableExceptionWrapper


class Order:
    def __init__(self):
        self.number = 7


class CardRefused(Exception):
    pass


class OutOfStockError(Exception):
    pass


Order.__module__ = CardRefused.__module__ = OutOfStockError.__module__ = "shop"
UTC = datetime.timezone.utc
WEST = datetime.timezone(datetime.timedelta(hours=-5, minutes=-30))
BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")
shared = ["shared"]

VALUES = [
    None, True, False, 0, 1, -1, 255, 256, 65536, 2**31, -2**31 - 1, 2**63 - 1, 2**63, -2**63, -2**63 - 1, 10**99 + 7,
    -10**99 - 7, -2**127, 1.5, -0.0, float("nan"), float("-inf"), "", "Grüße, 世界 🎉", "a\ud800b", "a\\u0041\n\x00",
    "x" * 300, b"", b"abc", b"\xff\x00", [], [1, [2.0, [None]]], (), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), {},
    {"total": 42, "b": [1]}, {1: "a", None: "b", (1, 2): 3}, set(), {7}, frozenset(), frozenset([7]), [shared, shared],
    datetime.datetime(2024, 1, 2, 3, 4, 5, 678900), datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC),
    datetime.datetime(2024, 1, 2, 3, 4, tzinfo=WEST), datetime.date(2024, 2, 29), datetime.time(3, 4, 5, 6),
    datetime.time(3, 4, tzinfo=WEST), datetime.timedelta(days=-3, seconds=5, microseconds=7), datetime.timedelta(0),
    decimal.Decimal("1.10"), decimal.Decimal("NaN"), uuid.UUID(int=2**127 + 5), uuid.UUID(int=5), ValueError("bad", 1),
    KeyError(ValueError("inner", (1, 2))), TaskRevokedError("terminated"), ChordError("a part failed"),
]
# What Swift shows otherwise than Python's repr.
SHOWN = [
    (bytearray(b"ab"), "b'ab'"),
    (collections.OrderedDict(a=1, b=2), "{'a': 1, 'b': 2}"),
    (collections.defaultdict(list, {1: [2]}), "{1: [2]}"),
    (datetime.datetime(2024, 7, 1, 12, tzinfo=zoneinfo.ZoneInfo("UTC")),
     "datetime.datetime(2024, 7, 1, 12, 0, tzinfo=datetime.timezone.utc)"),
    (datetime.datetime(2024, 7, 1, 12, tzinfo=BERLIN), "<datetime.datetime>"),
    (OutOfStockError("x"), "OutOfStockError('x')"),
    (CardRefused("x"), "<shop.CardRefused>"),
    (UnpickleableExceptionWrapper("shop", "CardRefused", ("x", 1), "text"), "CardRefused('x', 1)"),
    ([Order()], "[<shop.Order>]"),
    (os.system, "<posix.system>"),
    (ValueError, "<ValueError>"),
    (2 + 1j, "<complex>"),
]


def named_as_in_shop():
    """Lets pickle find the classes by the module that they say they are of."""
    sys.modules["shop"] = module = types.ModuleType("shop")
    for kind in (Order, CardRefused, OutOfStockError):
        setattr(module, kind.__name__, kind)


if __name__ == "__main__":
    named_as_in_shop()
    for value, shown in [(value, repr(value)) for value in VALUES] + SHOWN:
        lines = {}
        for protocol in range(6):
            lines.setdefault(pickle.dumps(value, protocol).hex(), protocol)
        for text, protocol in lines.items():
            print(protocol, text, shown)
