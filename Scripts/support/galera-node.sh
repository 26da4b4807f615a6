# One node of the Galera cluster of Scripts/galera. To be sourced.
# Needs: server-process.sh, server-data.sh, state_folder, nodes, and program, base and tree to start.
#
# All nodes begin with the same data at the same position, and with a saved view that names all three
# (gvwstate.dat), as after a power cut that hit all at once: they find each other and go on from there, and
# no node needs another's data. So no SST script and none of the programs that it needs have to be there.
#
# Source: Galera's documentation, "Recovering the Primary Component".

# use_node NUMBER: sets key, the name of the node, and instance, its folder.
use_node() {
  key=galera$1
  instance=$state_folder/$key
}

# choose_ports: gives the node a port for clients and two neighbouring ones for the cluster. They stay below
# those that the kernel hands out to outgoing connections.
choose_ports() {
  local lock candidate port
  if [ -e "$instance/port" ]; then return; fi
  # The lock of Scripts/servers: the two never choose at the same time.
  exec {lock}>"$state_folder/ports.lock"
  flock "$lock"
  while true; do
    candidate=$((20000 + SRANDOM % 12000))
    for port in "$candidate" $((candidate + 1)) $((candidate + 2)); do
      if grep -qsx "$port" "$state_folder"/*/{port,cluster-port,transfer-port}; then continue 2; fi
      if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then continue 2; fi
    done
    break
  done
  echo "$candidate" >"$instance/port"
  echo $((candidate + 1)) >"$instance/cluster-port"
  echo $((candidate + 2)) >"$instance/transfer-port"
  exec {lock}>&-
}

# first_data: makes the data of a new cluster in the node's folder, with the user and the database.
first_data() {
  local log=$instance/user.log
  options=()
  make_data
  server_command
  { echo 'FLUSH PRIVILEGES;' && first_statements; } | "${command[@]}" --bootstrap >"$log" 2>&1 ||
    die "$key: cannot make the user; the server's output is in $log"
}

# position: prints how far the node got: -1 where nothing is known.
position() {
  local seqno
  if [ ! -e "$instance/data/grastate.dat" ]; then echo -1 && return; fi
  seqno=$(awk '$1 == "seqno:" { print $2 }' "$instance/data/grastate.dat")
  if [ "$seqno" = -1 ]; then
    # It was killed: InnoDB knows.
    node_command
    seqno=$("${command[@]}" --wsrep-recover 2>&1 |
      sed -nE 's/.*Recovered position: [^:]*:(-?[0-9]+).*/\1/p' | tail -n 1)
  fi
  echo "${seqno:--1}"
}

# make_nodes: makes the data of all nodes alike, those of the node that got furthest.
make_nodes() {
  local node furthest=1 best=-1 seqno uuid view members=() member
  for node in "${nodes[@]}"; do
    use_node "$node"
    if ((${#instance} > 90)); then
      die "$instance/run/socket is too long for a socket's path; set CELERY_RESULTS_SERVERS_STATE to a shorter one"
    fi
    mkdir -p "$instance/run" "$instance/tmp"
    chmod 755 "$instance" "$instance/run"
    hand_over "$instance/run"
    hand_over "$instance/tmp"
    choose_ports
    seqno=$(position)
    if ((seqno > best)); then furthest=$node best=$seqno; fi
    members+=("$(new_uuid)")
  done
  use_node "$furthest"
  uuid=$(awk '$1 == "uuid:" { print $2 }' "$instance/data/grastate.dat" 2>/dev/null) || uuid=$(new_uuid)
  if ((best < 0)); then first_data; fi
  view=$(new_uuid)
  for node in "${nodes[@]}"; do
    use_node "$node"
    if [ "$node" != "$furthest" ]; then
      rm -rf "$instance/data"
      cp -a "$state_folder/galera$furthest/data" "$instance/data"
    fi
    rm -f "$instance/data/galera.cache"
    printf '%s\n' '# GALERA saved state' 'version: 2.1' "uuid: $uuid" "seqno: $((best < 0 ? 0 : best))" \
      'safe_to_bootstrap: 0' >"$instance/data/grastate.dat"
    {
      printf '%s\n' "my_uuid: ${members[node - 1]}" '#vwbeg' "view_id: 3 $view 1" 'bootstrap: 0'
      for member in "${members[@]}"; do echo "member: $member 0"; done
      echo '#vwend'
    } >"$instance/data/gvwstate.dat"
    hand_over "$instance/data"
  done
}

new_uuid() {
  cat /proc/sys/kernel/random/uuid
}

# node_command: sets command to the node's server with all its options.
node_command() {
  local addresses port provider
  addresses=$(cat "$state_folder"/galera[1-3]/cluster-port | sed 's/^/127.0.0.1:/' | paste -sd, -)
  port=$(cat "$instance/cluster-port")
  provider="base_host=127.0.0.1;base_port=$port;gmcast.listen_addr=tcp://127.0.0.1:$port;gcache.size=32M"
  provider+=";ist.recv_addr=127.0.0.1:$(cat "$instance/transfer-port")"
  server_command
  command+=(
    "--port=$(cat "$instance/port")" --bind-address=127.0.0.1 --skip-name-resolve
    "--socket=$instance/run/socket" "--pid-file=$instance/run/pid"
    --binlog-format=ROW --innodb-autoinc-lock-mode=2 --innodb-flush-log-at-trx-commit=2
    --innodb-buffer-pool-size=64M --wsrep-on=ON "--wsrep-provider=$tree/usr/lib/galera/libgalera_smm.so"
    --wsrep-cluster-name=celery "--wsrep-cluster-address=gcomm://$addresses" "--wsrep-node-name=$key"
    "--wsrep-node-address=127.0.0.1:$port" "--wsrep-node-incoming-address=127.0.0.1:$(cat "$instance/port")"
    "--wsrep-provider-options=$provider" --wsrep-sst-method=skip
  )
}

# launch: starts the node.
launch() {
  local log=$instance/server.log
  node_command
  if [ -e "$log" ]; then mv -f "$log" "$log.before"; fi
  (cd / && exec setsid "${command[@]}") </dev/null >"$log" 2>&1 8>&- &
  pid=$!
  echo "$pid $(start_time "$pid" || echo ended)" >"$instance/process"
}

# wait_until_synced: waits until the node accepts statements.
wait_until_synced() {
  local log=$instance/server.log end=$((SECONDS + 60))
  until is_running && grep -q 'ready for connections' "$log" && grep -q "Server $key synced with group" "$log"; do
    if ! is_running || ((SECONDS >= end)); then
      grep -F '[ERROR]' "$log" | tail -n 5 >&2 || true
      die "$key: did not join the cluster in 60 seconds; its log is $log"
    fi
    sleep 0.05
  done
  say "$key: started, process $pid, $(url)"
}
