"""Adds up test reports in JUnit's XML form: prints "PASSED FAILED SKIPPED" on stdout, and every test that
failed or was skipped on stderr."""

import sys
import xml.etree.ElementTree as ElementTree


def outcome(case):
    for kind in ("failure", "error", "skipped"):
        found = case.find(kind)
        if found is not None:
            words = (found.get("message") or found.text or "").split("\n")[0]
            return ("skipped" if kind == "skipped" else "failed"), words
    return "passed", ""


counts = {"passed": 0, "failed": 0, "skipped": 0}
for path in sys.argv[1:]:
    for case in ElementTree.parse(path).iter("testcase"):
        kind, words = outcome(case)
        counts[kind] += 1
        if kind != "passed":
            print(f"{kind}: {case.get('classname')} {case.get('name')}: {words}", file=sys.stderr)
print(*counts.values())
