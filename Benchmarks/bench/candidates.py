"""Finds who is the best of his kind: all are tried shortly, and the two best go into every turn."""

from . import contestants

PROCESSES = (1, 2, 4, 8, 16)
MULTI_ROW = [("safe", 100), ("lookup", 100), ("lookup", 1000), ("bulk", 100), ("bulk", 1000)]


class Best:
    def __init__(self, bench, what, tries):
        """`tries` are functions of the seconds, by their names."""
        self.tries = tries
        self.scanned = {name: run(bench.scan_seconds) for name, run in tries.items()}
        bench.figure(f"{what}: tried shortly, a second", {
            name: round(result["per_second"]) for name, result in self.scanned.items()})
        order = sorted(tries, key=lambda name: self.scanned[name]["per_second"], reverse=True)
        self.names = order[:2]

    def __call__(self):
        return contestants.best([self.tries[name](None) for name in self.names])


def peers(bench, name, work, database, **options):
    return Best(bench, f"{name} {work}", {
        f"{processes} processes": lambda seconds, processes=processes: contestants.peer(
            bench, name, work, database, processes, seconds, **options)
        for processes in PROCESSES})


def multi_row(bench, database, connections, **options):
    """The C program's statements of many rows."""
    forms = [(form, rows) for form, rows in MULTI_ROW if form != "bulk" or bench.server.is_mariadb]
    return Best(bench, f"C store on {connections} connections", {
        f"{form} {rows}": lambda seconds, form=form, rows=rows: contestants.c(
            bench, "store", database, form, rows, connections, seconds, **options)
        for form, rows in forms})
