# The servers that the tests run against, and the variables that name them. To be sourced.
# Needs: root, messages.sh.

# start_in_background VARIABLE ARGUMENTS: starts a server whose URL the variable will hold.
start_in_background() {
  local variable=$1
  shift
  "$root/Scripts/servers" start "$@" >"$work/$variable.url" &
  starting[$variable]=$!
}

# start_test_servers CERTIFICATES: starts all of them, makes the certificates, and exports what tests need.
start_test_servers() {
  local variable begin=$SECONDS
  local -A starting=()
  local failures=()
  say "" && say "== servers"
  "$root/Scripts/certificates" "$1"
  start_in_background CELERY_RESULTS_TEST_MYSQL97 mysql97
  start_in_background CELERY_RESULTS_TEST_MARIADB1011 mariadb1011
  start_in_background CELERY_RESULTS_TEST_MARIADB118 mariadb118
  start_in_background CELERY_RESULTS_TEST_MARIADB105 mariadb105
  start_in_background CELERY_RESULTS_TEST_MYSQL97_COMPACT mysql97 --tag compact -- \
    --innodb-default-row-format=compact
  start_in_background CELERY_RESULTS_TEST_MYSQL97_MYISAM mysql97 --tag myisam -- \
    --default-storage-engine=MyISAM
  start_in_background CELERY_RESULTS_TEST_MARIADB1011_COMPACT mariadb1011 --tag compact -- \
    --innodb-default-row-format=compact
  start_in_background CELERY_RESULTS_TEST_MARIADB1011_TLS mariadb1011 --tag tls --tls "$1"
  start_in_background CELERY_RESULTS_TEST_MARIADB1011_WRONGHOST mariadb1011 --tag wronghost \
    --tls "$1/wrong-host"
  start_in_background CELERY_RESULTS_TEST_REDIS70 redis70
  for variable in "${!starting[@]}"; do
    wait "${starting[$variable]}" || failures+=("$variable")
    export "$variable=$(cat "$work/$variable.url")"
  done
  if ((${#failures[@]})); then die "no server for ${failures[*]}"; fi
  export CELERY_RESULTS_TEST_CERTIFICATES=$1
  export CELERY_RESULTS_TEST_SERVERS_SCRIPT=$root/Scripts/servers
  say "servers: started in $((SECONDS - begin)) s"
}

# make_folder_for_private_servers: where tests start servers that they kill: in memory, where there is any.
make_folder_for_private_servers() {
  CELERY_RESULTS_TEST_PRIVATE_SERVERS=$(mktemp -d /dev/shm/cr-XXXXXX 2>/dev/null || mktemp -d /tmp/cr-XXXXXX)
  # A server that root starts runs as another user.
  chmod go+x "$CELERY_RESULTS_TEST_PRIVATE_SERVERS"
  export CELERY_RESULTS_TEST_PRIVATE_SERVERS
}

# wipe_private_servers LOG: ends those that a test which was ended itself has left; says what went wrong.
wipe_private_servers() {
  local state folder=${CELERY_RESULTS_TEST_PRIVATE_SERVERS:-}
  if [ -z "$folder" ]; then return; fi
  for state in "$folder"/*/; do
    if [ ! -d "$state" ]; then continue; fi
    CELERY_RESULTS_SERVERS_STATE=${state%/} "$root/Scripts/servers" wipe 2>"$1" || cat "$1" >&2
  done
  rm -rf "$folder"
}
