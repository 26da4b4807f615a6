"""Compares the dependencies between targets, as `swift package dump-package` prints them on stdin, with
the table of those allowed, whose path is the argument."""

import json
import sys


def dependency_name(dependency):
    # {"byName": [name, condition]}, {"target": [...]}, {"product": [name, package, ...]}
    [(_, details)] = dependency.items()
    return details[0]


def allowed_arrows(path):
    with open(path) as table:
        lines = (line.partition(":") for line in table if line.strip())
        return {target: set(names.split()) for target, _, names in lines}


def problems(targets, allowed):
    for target in targets:
        name = target["name"]
        if name not in allowed:
            yield f"target {name} is not in the table of Scripts/check"
            continue
        for dependency in map(dependency_name, target["dependencies"]):
            if dependency not in allowed[name]:
                yield f"{name} must not depend on {dependency}"
    for name in allowed.keys() - {target["name"] for target in targets}:
        yield f"the table of Scripts/check has a target {name} that Package.swift has not"


found = sorted(problems(json.load(sys.stdin)["targets"], allowed_arrows(sys.argv[1])))
print("\n".join(found))
sys.exit(1 if found else 0)
