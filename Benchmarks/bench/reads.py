"""Reads of one result each."""

from . import candidates, contestants
from .rows import fill, write_ids
from .run import summary

DATABASE = "bench_stores"


def prepare(run):
    """Makes 20,000 rows and a file of their ids."""
    fill(run.server, DATABASE, 20_000)
    path = f"{run.folder}/ids"
    write_ids(run.server, DATABASE, path, 20_000)
    return path


def reads(run):
    if not run.wants("reads_over_dcr", "reads_over_c"):
        return
    ids = prepare(run)
    first = contestants.ours(run, "read", DATABASE, 256, run.scan_seconds, ids=ids)
    turns = run.in_turns(
        ours=lambda: contestants.ours(run, "read", DATABASE, 256, ids=ids),
        c=lambda: contestants.c(run, "read", DATABASE, rows=1, connections=first["connections"], ids=ids),
        dcr=candidates.peers(run, "dcr", "read", DATABASE, ids=ids))
    for turn in turns:
        run.ratio("reads_over_dcr", turn["ours"]["per_second"] / turn["dcr"]["per_second"])
        run.ratio("reads_over_c", turn["ours"]["per_second"] / turn["c"]["per_second"])
    for name in turns[0]:
        run.figure(f"read, {name}", summary(contestants.best([turn[name] for turn in turns])))
