"""The lines of the table: what is compared, and the bound."""

from dataclasses import dataclass, field
from statistics import median


@dataclass
class Line:
    name: str
    measure: str
    bound: float
    at_least: bool
    values: list = field(default_factory=list)
    reason: str = "not asked for"

    @property
    def is_measured(self):
        return bool(self.values)

    @property
    def median(self):
        return median(self.values)

    @property
    def is_reached(self):
        return self.median >= self.bound if self.at_least else self.median <= self.bound

    @property
    def bound_text(self):
        return f"{'at least' if self.at_least else 'at most'} {self.bound:g}"

    @property
    def verdict(self):
        if not self.is_measured:
            return f"not measured: {self.reason}"
        return "reached" if self.is_reached else "not reached"

    def as_json(self):
        values = {"measure": self.measure, "bound": self.bound_text, "verdict": self.verdict}
        if self.is_measured:
            values |= {
                "median": self.median, "min": min(self.values), "max": max(self.values), "values": self.values,
                "reached": self.is_reached}
        else:
            values |= {"median": None, "reached": None}
        return values


def table():
    def at_least(name, bound, measure):
        return Line(name, measure, bound, True)

    def at_most(name, bound, measure):
        return Line(name, measure, bound, False)

    lines = [
        at_least("stores_over_dcr", 25, "stores of new ids a second ÷ django-celery-results' best"),
        at_least("stores_over_c", 0.8, "the same ÷ the C program's best multi-row statement, as many connections"),
        at_least("stores_over_redis", 6, "the same ÷ Celery's Redis backend's best"),
        at_least("pairs_over_dcr", 20, "STARTED and SUCCESS a second ÷ django-celery-results' best"),
        at_most("lone_p50_over_c", 1.3, "a lone caller's store, p50 ÷ the C program's single upsert"),
        at_least("reads_over_dcr", 15, "reads a second, 256 callers ÷ django-celery-results' best"),
        at_least("reads_over_c", 1.5, "the same ÷ C's SELECT of one id, as many connections"),
        at_most("waiting_queries_per_s", 25, "10,000 results waiting: queries a second while nothing comes"),
        at_most("wake_poll_ms", 60, "1,000 waiters, another process stores: p50 from commit to return, ms"),
        at_most("wake_push_ms", 5, "the same with the binary log"),
        at_most("wake_poll_over_dcr", 0.25, "wake_poll_ms ÷ django-celery-results' get()"),
        at_most("wake_push_over_dcr", 0.02, "wake_push_ms ÷ django-celery-results' get()"),
        at_most("purge_p999_over_idle", 2, "a writer's p99.9 beside a purge of 900,000 rows ÷ without it"),
        at_most("purge_memory_mb", 10, "peak memory of that purge over idle, MiB"),
        at_least("full_over_c", 0.8, "stores a second into a full table ÷ the C program's"),
        at_most("autoincrement_share", 0.01, "AUTO_INCREMENT used by stores over existing rows ÷ their number"),
    ]
    return {line.name: line for line in lines}
