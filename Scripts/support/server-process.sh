# The process of one server: it is known by its pid and its start time, so that no other process that
# was given the same pid later is ever signalled. To be sourced. Needs: instance.

# start_time PID: prints the kernel's start time of a live process; a zombie counts as ended.
start_time() {
  local stat fields
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || return 1
  read -r -a fields <<<"${stat##*) }"
  if [ "${fields[0]}" = Z ]; then return 1; fi
  printf '%s\n' "${fields[19]}"
}

# is_running: sets pid; true for the very process that was started for this instance.
is_running() {
  local recorded
  pid=
  if [ ! -s "$instance/process" ]; then return 1; fi
  read -r pid recorded <"$instance/process"
  [ "$(start_time "$pid")" = "$recorded" ]
}

# wait_for_end SECONDS: true if the process ended in time.
wait_for_end() {
  local end=$((SECONDS + $1))
  while is_running; do
    if ((SECONDS > end)); then return 1; fi
    sleep 0.05
  done
}

# end_process SIGNAL: sends the signal and waits for the end of the process.
end_process() {
  if is_running; then
    kill -s "$1" "$pid" || true
    if ! wait_for_end 60; then
      say "$key: process $pid did not end in 60 seconds, killing it"
      kill -s KILL "$pid" || true
      wait_for_end 10 || die "$key: process $pid cannot be killed"
    fi
  fi
  rm -f "$instance/process"
}
