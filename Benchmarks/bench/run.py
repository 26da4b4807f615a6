"""One run on one server: what the sections share."""

import sys
import time

from . import contestants
from .lines import table
from .programs import Peer
from .ranges import LEAST, MOST, RANGES


class Run:
    def __init__(self, server, redis_url, options, folder):
        self.server = server
        self.redis_url = redis_url
        self.driver = options.driver
        self.tool = options.tool
        self.limit = options.limit
        self.connections = options.connections
        self.quick = options.quick
        self.seconds = options.seconds or (1.5 if options.quick else 5)
        self.scan_seconds = min(self.seconds, 1.5)
        self.rounds = options.rounds or (3 if options.quick else 5)
        self.full_rows = options.rows or (1_000_000 if options.quick else 5_000_000)
        self.purge_rows = min(self.full_rows, 1_000_000)
        self.only = options.only
        self.folder = folder
        self.lines = table()
        self.figures = {}
        self.faults = []
        self.peers = {}
        self.begin = time.monotonic()
        # Set where there is a server that writes a binary log.
        self.push_server = None

    def wants(self, *names):
        return not self.only or any(name in self.only for name in names)

    def say(self, text):
        print(f"{time.monotonic() - self.begin:5.0f} s  {self.server.name}: {text}", file=sys.stderr, flush=True)

    def ratio(self, name, value):
        """One value of a line: the ratio of one turn."""
        self.lines[name].values.append(value)

    def skip(self, name, reason):
        self.lines[name].reason = reason

    def skip_all(self, reason):
        for name, line in self.lines.items():
            if self.wants(name) and not line.is_measured:
                line.reason = reason

    def figure(self, name, value):
        self.figures[name] = value
        self.say(f"{name}: {value}")

    def peer(self, name, database):
        key = (name, database)
        if key not in self.peers:
            url = self.redis_url if name == "redis" else self.server.database_url(database)
            self.peers[key] = Peer(name, url)
        return self.peers[key]

    def in_turns(self, times=1, **contestants_by_name):
        """Runs all of them, again and again: A B C A B C …; returns the results of each turn.

        `times` says how many times as often as usual."""
        turns = []
        for _ in range(self.rounds * times):
            turns.append({name: run() for name, run in contestants_by_name.items()})
        return turns

    def check_ranges(self, database, when, ids):
        """Measures what C reaches alone, and notes what falls out of its range."""
        figures = {}
        for each in RANGES:
            result = contestants.c(
                self, each.work, database, each.form, each.rows, each.connections, self.scan_seconds,
                fresh=each.work == "store", ids=ids if each.work == "read" else None)
            figures[each.name] = round(result["per_second"])
            if self.server.is_mariadb and not each.allows(result["per_second"]):
                self.faults.append(
                    f"{when}: C reached {result['per_second']:,.0f} a second ({each.name}), "
                    f"and its range is {each.lowest * LEAST:,.0f} to {each.highest * MOST:,.0f}")
        self.figure(f"C {when}, rows a second", figures)

    def close(self):
        for peer in self.peers.values():
            peer.stop()
        self.peers = {}


def summary(result):
    count = result["count"]
    values = {
        "a second": round(result["per_second"]),
        "p50 µs": round(result["p50_us"]),
        "p99 µs": round(result["p99_us"]),
        "client CPU s per 10,000": round(result["client_cpu"] / count * 10_000, 2),
    }
    if "callers" in result:
        values["callers"] = result["callers"]
    if "counters" in result:
        values |= {
            "server CPU s per 10,000": round(result["server_cpu"] / count * 10_000, 2),
            "statements each": round(result["counters"]["Questions"] / count, 3),
            "commits each": round(result["counters"]["Handler_commit"] / count, 3),
            "connections": result["connections"],
        }
    return values
