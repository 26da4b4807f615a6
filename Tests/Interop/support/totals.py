"""Counts that the tests print at the end."""

from collections import Counter, defaultdict

TOTALS = defaultdict(Counter)


def lines():
    for name, counts in TOTALS.items():
        yield f"{name}: {', '.join(f'{count:,} {what}' for what, count in counts.items())}"
