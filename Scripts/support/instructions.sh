#!/usr/bin/env bash
# Counts what encoding, binding and decoding a result cost, in instructions, and fails when one of them costs more than
# Benchmarks/instructions.json allows. With --write it writes that file anew.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
. "$root/Scripts/support/messages.sh"
. "$root/Scripts/support/swift.sh"
. "$root/Scripts/support/packages.sh"

use_swift
require "${build_requirements[@]}" command:valgrind=valgrind command:python3=python3
# Other flags would build everything anew.
unset CELERY_RESULTS_WARNINGS_AS_ERRORS
export CELERY_RESULTS_BENCHMARKS=1
swift build --package-path "$root" --configuration release --product InstructionCounts
program=$(swift build --package-path "$root" --configuration release --show-bin-path)/InstructionCounts
python3 "$root/Scripts/support/instructions.py" "$program" "$root/Benchmarks/instructions.json" "$@"
