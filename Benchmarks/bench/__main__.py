"""Runs every section on each server, and prints, writes and judges what came out."""

import argparse
import signal
import sys

from . import large, purge, reads, report, sizes, stores, waiting
from .lines import table
from .programs import Failure
from .run import Run
from .server import Server

PRINTED_ONLY = ("callers", "sizes", "large", "unpaced")


def arguments():
    parser = argparse.ArgumentParser(prog="bench")
    parser.add_argument("--server", action="append", nargs=3, metavar=("NAME", "URL", "PID"), required=True)
    parser.add_argument("--push-server", nargs=2, metavar=("URL", "PID"))
    parser.add_argument("--redis", required=True)
    for name in ("driver", "tool", "limit", "folder"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--rows", type=int)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--only", default="")
    parser.add_argument("--json")
    parser.add_argument("--markdown")
    options = parser.parse_args()
    options.only = [name for name in options.only.split(",") if name]
    unknown = set(options.only) - set(table()) - set(PRINTED_ONLY)
    if unknown:
        parser.error(f"there is no line {', '.join(sorted(unknown))}; there are {', '.join(table())}, "
                     f"and {', '.join(PRINTED_ONLY)}")
    return options


def measure(run):
    run.server.make_database(stores.DATABASE)
    run.server.make_database(waiting.DATABASE)
    ids = reads.prepare(run)
    run.check_ranges(stores.DATABASE, "at the beginning", ids)
    stores.new_ids(run)
    stores.pairs(run)
    stores.lone(run)
    reads.reads(run)
    waiting.queries(run)
    waiting.wakes(run)
    stores.existing(run)
    stores.callers(run)
    sizes.sizes(run)
    large.large(run)
    purge.purge(run)
    stores.full(run)
    run.check_ranges(stores.DATABASE, "at the end", reads.prepare(run))


def main():
    options = arguments()
    # What was started is ended then, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    kind = "quick" if options.quick else "full"
    push_server = None
    if options.push_server:
        push_server = Server("binary log", options.push_server[0], int(options.push_server[1]), options.tool)
        push_server.make_database(waiting.DATABASE)
    runs = []
    for name, url, pid in options.server:
        run = Run(Server(name, url, int(pid), options.tool), options.redis, options, options.folder)
        run.push_server = push_server
        runs.append(run)
        try:
            measure(run)
        except Failure as failure:
            run.faults.append(f"ended before its end: {failure}")
            run.skip_all("the run ended before")
        finally:
            run.close()
        print(report.text(run) + "\n", flush=True)
    write(options.json, lambda: report.as_json(runs, kind))
    write(options.markdown, lambda: report.markdown(runs, kind))
    faults = [f"{run.server.name}: {fault}" for run in runs for fault in run.faults]
    if faults:
        print("This run is void:\n" + "\n".join(f"  {fault}" for fault in faults))
        sys.exit(2)


def write(path, text):
    if path:
        with open(path, "w") as file:
            file.write(text() + "\n")


if __name__ == "__main__":
    main()
