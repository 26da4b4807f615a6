"""What the C program reaches where the bounds were chosen: a two-core virtual machine with the server on it,
MariaDB 10.11 with its defaults, results of 200 bytes, an empty table, a commit of about 0.15 ms.

Ratios are worth nothing when the machine is busy with something else, or is of another kind: a run in which C
falls out of its range is void. C that is too slow is a limit that anybody reaches; C that is twice as fast leaves
out some of the work, or the machine is not one that the bounds were chosen for."""

from dataclasses import dataclass

# The least share of the lowest figure, and the most of the highest, that are still in range.
LEAST, MOST = 0.75, 2


@dataclass
class Range:
    name: str
    work: str
    form: str
    rows: int
    connections: int
    lowest: float
    highest: float

    def allows(self, figure):
        return self.lowest * LEAST <= figure <= self.highest * MOST


# The reads first: each store begins with an empty table.
RANGES = [
    Range("SELECT of one id, 1 connection", "read", "safe", 1, 1, 6_200, 7_200),
    Range("SELECT of 100 ids, 1 connection", "read", "safe", 100, 1, 76_000, 83_000),
    Range("single upsert, 1 connection", "store", "plain", 1, 1, 3_000, 3_800),
    Range("upsert of 100 rows, ids kept, 2 connections", "store", "safe", 100, 2, 39_000, 39_000),
]
