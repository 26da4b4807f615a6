"""Stores: of new ids, in pairs, by a lone caller, into a full table, and over rows that exist."""

from . import candidates, contestants
from .rows import fill, write_ids
from .run import summary
from .server import TABLE

DATABASE = "bench_stores"
CALLERS = (1, 4, 16, 64, 256, 1000)
# Of these the two best go into every turn, as the two best of the others do.
MANY_CALLERS = (256, 1000, 2000)


def new_ids(run):
    if not run.wants("stores_over_dcr", "stores_over_c", "stores_over_redis"):
        return
    ours = many_callers(run, "this project, store")
    # Two that are about as fast need more turns than one that is many times as fast as the other.
    turns = run.in_turns(
        times=3, ours=ours, c=candidates.multi_row(run, DATABASE, connections(ours), fresh=True))
    turns += run.in_turns(
        ours=ours,
        dcr=candidates.peers(run, "dcr", "store", DATABASE, fresh=True),
        redis=candidates.peers(run, "redis", "store", DATABASE),
        sqlalchemy=candidates.peers(run, "sqlalchemy", "store", DATABASE))
    for turn in turns:
        for other in ("dcr", "c", "redis"):
            if other in turn:
                run.ratio(f"stores_over_{other}", turn["ours"]["per_second"] / turn[other]["per_second"])
    for name in turns[0] | turns[-1]:
        results = [turn[name] for turn in turns if name in turn]
        run.figure(f"store, {name}", summary(contestants.best(results)))


def many_callers(run, what, database=DATABASE, fresh=True, **options):
    return candidates.Best(run, what, {
        f"{callers} callers": lambda seconds, callers=callers: contestants.ours(
            run, "store", database, callers, seconds, fresh=fresh, **options)
        for callers in MANY_CALLERS})


def connections(best):
    return max(result["connections"] for result in best.scanned.values())


def pairs(run):
    if not run.wants("pairs_over_dcr"):
        return
    turns = run.in_turns(
        ours=many_callers(run, "this project, pairs", pairs=True),
        dcr=candidates.peers(run, "dcr", "pairs", DATABASE, fresh=True))
    for turn in turns:
        run.ratio("pairs_over_dcr", turn["ours"]["per_second"] / turn["dcr"]["per_second"])
    for name in turns[0]:
        run.figure(f"pair, {name}", summary(contestants.best([turn[name] for turn in turns])))


def lone(run):
    if not run.wants("lone_p50_over_c"):
        return
    turns = run.in_turns(
        ours=lambda: contestants.ours(run, "store", DATABASE, 1, fresh=True),
        c=lambda: contestants.c(run, "store", DATABASE, "safe", 1, 1, fresh=True))
    for turn in turns:
        run.ratio("lone_p50_over_c", turn["ours"]["p50_us"] / turn["c"]["p50_us"])
    for name in turns[0]:
        run.figure(f"lone store, {name}", summary(turns[-1][name]))


def full(run):
    if not run.wants("full_over_c"):
        return
    database = "bench_full"
    run.server.make_database(database)
    run.say(f"filling a table with {run.full_rows:,} rows")
    fill(run.server, database, run.full_rows)
    ours = many_callers(run, "this project, full table", database, fresh=False)
    turns = run.in_turns(ours=ours, c=candidates.multi_row(run, database, connections(ours)))
    for turn in turns:
        run.ratio("full_over_c", turn["ours"]["per_second"] / turn["c"]["per_second"])
    for name in turns[0]:
        run.figure(f"store into {run.full_rows:,} rows, {name}", summary(turns[-1][name]))


def existing(run):
    if not run.wants("autoincrement_share"):
        return
    count, rows = 100_000, 20_000
    fill(run.server, DATABASE, rows)
    path = f"{run.folder}/existing"
    write_ids(run.server, DATABASE, path, rows)
    before = next_id(run.server)
    result = contestants.ours(run, "store", DATABASE, 256, ids=path, count=count)
    used = next_id(run.server) - before - 1
    run.ratio("autoincrement_share", used / result["count"])
    run.figure("store over existing rows", {**summary(result), "ids used": used})


def next_id(server):
    """The id that a new row gets; asking uses up one."""
    task_id = "autoincrement"
    server.query(f"DELETE FROM {DATABASE}.{TABLE} WHERE task_id = %s", [task_id])
    server.query(
        f"INSERT INTO {DATABASE}.{TABLE} (task_id, status, content_type, content_encoding, date_done, date_created) "
        "VALUES (%s, 'SUCCESS', '', '', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6))", [task_id])
    return server.query("SELECT LAST_INSERT_ID()")[0][0]


def callers(run):
    """Printed only."""
    if run.only and "callers" not in run.only:
        return
    for size in (200, 20_480):
        for count in CALLERS:
            result = contestants.ours(run, "store", DATABASE, count, run.scan_seconds, fresh=True, bytes=size)
            run.figure(f"{count} callers, {size} bytes", summary(result))
