# Builds the command-line tool. To be sourced. Needs: root, messages.sh, swift.sh, packages.sh.

# build_tool: builds celery-results in release mode; sets tool to its path.
build_tool() {
  local log
  use_swift
  require "${build_requirements[@]}"
  log=$(mktemp)
  say 'Building celery-results; the first time takes a few minutes'
  if ! swift build --package-path "$root" --configuration release --product celery-results >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    die 'the build failed'
  fi
  rm -f "$log"
  tool=$(swift build --package-path "$root" --configuration release --show-bin-path)/celery-results
}
