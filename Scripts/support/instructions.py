"""Counts the instructions of each kind of work in `InstructionCounts` under callgrind, and compares them with the
thresholds in a file of JSON.

    instructions.py PROGRAM FILE            fails when a count is above its threshold
    instructions.py PROGRAM FILE --write    writes what was counted, with thresholds 10 % above"""

import json
import os
import re
import subprocess
import sys
import tempfile

FEW, MANY = 20, 220
MARGIN = 1.10


def collected(program, work, count):
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", program, work, str(count)],
            # The order of dictionaries would differ from run to run.
            env={**os.environ, "SWIFT_DETERMINISTIC_HASHING": "1"},
            capture_output=True, text=True, check=False)
    found = re.search(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or found is None:
        raise SystemExit(f"{program} {work} under valgrind: exit code {done.returncode}\n{done.stderr[-2000:]}")
    return int(found.group(1))


def instructions(program, work):
    """What one time costs: what is done once is the same in both runs."""
    return round((collected(program, work, MANY) - collected(program, work, FEW)) / (MANY - FEW))


def main():
    program, path, *rest = sys.argv[1:]
    works = subprocess.run([program], capture_output=True, text=True, check=True).stdout.split()
    counts = {work: instructions(program, work) for work in works}
    if rest == ["--write"]:
        thresholds = {
            work: {"measured": count, "threshold": round(count * MARGIN)} for work, count in counts.items()}
        with open(path, "w") as file:
            json.dump(thresholds, file, indent=2)
            file.write("\n")
    with open(path) as file:
        thresholds = json.load(file)
    failed = set(counts) ^ set(thresholds)
    for work in sorted(failed):
        print(f"{work}: it is in only one of {path} and the program")
    for work in (work for work in counts if work in thresholds):
        limit = thresholds[work]["threshold"]
        if counts[work] > limit:
            failed.add(work)
        print(f"{work}: {counts[work]:,} instructions, "
              f"{'above' if counts[work] > limit else 'at most'} {limit:,}")
    sys.exit(1 if failed else 0)


main()
