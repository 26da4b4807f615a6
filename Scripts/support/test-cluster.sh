# The Galera cluster that the tests run against, and the variables that name its nodes. To be sourced.
# Needs: root, messages.sh.

# start_test_cluster: starts it, and exports the URL of each node.
start_test_cluster() {
  local begin=$SECONDS urls
  urls=$("$root/Scripts/galera" start) || die "no Galera cluster"
  { read -r CELERY_RESULTS_TEST_GALERA1 && read -r CELERY_RESULTS_TEST_GALERA2 &&
    read -r CELERY_RESULTS_TEST_GALERA3; } <<<"$urls"
  export CELERY_RESULTS_TEST_GALERA1 CELERY_RESULTS_TEST_GALERA2 CELERY_RESULTS_TEST_GALERA3
  say "Galera cluster: started in $((SECONDS - begin)) s"
}

# wipe_test_cluster LOG: ends it and removes its data; what was said is shown only if that failed.
wipe_test_cluster() {
  "$root/Scripts/galera" wipe 2>"$1" || cat "$1" >&2
}
