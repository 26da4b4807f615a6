# Messages of the scripts: all of them on stderr, so that stdout stays free for results.
# To be sourced.

say() {
  printf '%s\n' "$*" >&2
}

die() {
  say "${0##*/}: $*"
  exit 1
}

# wrong_usage TEXT: wrong arguments end with exit code 64 (EX_USAGE), as the tool's own do.
wrong_usage() {
  say "${0##*/}: $*"
  say "Try '${0##*/} --help'."
  exit 64
}

# comment_as_help FILE: prints the comment at the top of a script as its help.
comment_as_help() {
  awk 'NR == 1 { next } !/^#/ { exit } { sub(/^# ?/, ""); print }' "$1"
}
