"""What a run prints and writes."""

import json
import os
import platform


def number(value):
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def row(line):
    if not line.is_measured:
        return [line.name, "", "", line.bound_text, line.verdict]
    spread = f"{number(min(line.values))} to {number(max(line.values))}"
    return [line.name, number(line.median), spread, line.bound_text, line.verdict]


HEADER = ["line", "median", "spread", "bound", "verdict"]


def text(run):
    rows = [HEADER, *(row(line) for line in run.lines.values())]
    widths = [max(len(cells[place]) for cells in rows) for place in range(len(HEADER))]
    out = [f"{run.server.name} ({run.server.version})"]
    out += ["  ".join(cell.ljust(width) for cell, width in zip(cells, widths)).rstrip() for cells in rows]
    return "\n".join(out)


def markdown(runs, kind):
    out = []
    for run in runs:
        out += [f"{run.server.version}, {machine()}, {kind}:", "", "| line | measure | median | spread | bound | |",
                "|---|---|---|---|---|---|"]
        if run.faults:
            out[-2:-2] = ["This run is void:", "", *(f"- {fault}" for fault in run.faults), ""]
        for line in run.lines.values():
            cells = row(line)
            out.append(f"| {cells[0]} | {line.measure} | {cells[1]} | {cells[2]} | {cells[3]} | {cells[4]} |")
        out += ["", *summaries(run.figures), "", "| also measured | |", "|---|---|"]
        out += [f"| {name} | {plain(value)} |" for name, value in run.figures.items() if not is_summary(value)]
        out.append("")
    return "\n".join(out)


def is_summary(value):
    return isinstance(value, dict) and "a second" in value


def summaries(figures):
    """A table of what was measured, a row each."""
    rows = {name: value for name, value in figures.items() if is_summary(value)}
    columns = list(dict.fromkeys(column for value in rows.values() for column in value))
    if not rows:
        return []
    out = [f"| | {' | '.join(columns)} |", "|---" * (len(columns) + 1) + "|"]
    for name, value in rows.items():
        out.append(f"| {name} | " + " | ".join(str(value.get(column, "")) for column in columns) + " |")
    return out


def plain(value):
    """Nested figures as text."""
    if isinstance(value, dict):
        return "; ".join(f"{name}: {plain(each)}" for name, each in value.items())
    return str(value)


def as_json(runs, kind):
    """Every line by its name, of MariaDB 10.11 at the top, and what each server did under its own name."""
    servers = {
        run.server.name: {
            "version": run.server.version,
            "lines": {line.name: line.as_json() for line in run.lines.values()},
            "figures": run.figures,
            "faults": run.faults,
        } for run in runs}
    first = servers.get("mariadb1011") or servers[runs[0].server.name]
    return json.dumps({
        **first["lines"], "void": any(run.faults for run in runs), "kind": kind, "machine": machine(),
        "servers": servers}, indent=2, ensure_ascii=False)


def machine():
    return f"{platform.machine()}, {os.cpu_count()} cores"
