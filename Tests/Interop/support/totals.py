"""Counts that the tests print at the end."""

from collections import Counter, defaultdict

TOTALS = defaultdict(Counter)


def add(totals):
    """Adds what another process has counted."""
    for name, counts in totals.items():
        TOTALS[name].update(counts)


def lines():
    for name, counts in TOTALS.items():
        yield f"{name}: {', '.join(f'{count:,} {what}' for what, count in counts.items())}"
