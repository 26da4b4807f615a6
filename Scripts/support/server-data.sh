# The data directory of one server. To be sourced. Needs: instance, key, flavor, program, base, options.

# server_user: the account that a server runs as when root starts it.
server_user() {
  if getent passwd mysql >/dev/null; then echo mysql; else echo nobody; fi
}

# hand_over FOLDER: gives a folder to the account that the server runs as.
hand_over() {
  if [ "$(id -u)" = 0 ]; then chown -R "$(server_user)" "$1"; fi
}

# data_options: sets bound to those options that a data directory is made with and bound to.
data_options() {
  local option
  bound=()
  for option in "${options[@]}"; do
    case ${option//_/-} in
      --innodb-page-size=* | --lower-case-table-names=* | --innodb-data-file-path=* | \
        --innodb-undo-tablespaces=* | --innodb-checksum-algorithm=*) bound+=("$option") ;;
    esac
  done
}

# server_command: sets command to the server with what is the same when data is made and when it runs.
server_command() {
  if [ "$flavor" = redis ]; then
    command=("${program[@]}")
    return
  fi
  local share=$base/share/mysql
  if [ -d "$base/share/mariadb/english" ]; then share=$base/share/mariadb; fi
  command=(
    "${program[@]}" --no-defaults "--basedir=$base" "--datadir=$instance/data"
    "--lc-messages-dir=$share" "--character-sets-dir=$share/charsets"
    # A folder of its own: a MariaDB that starts removes the temporary tables that it finds, others' too.
    "--tmpdir=$instance/tmp"
  )
  if [ "$flavor" = mysql ]; then command+=(--secure-file-priv=NULL --mysqlx=OFF); fi
  if [ "$(id -u)" = 0 ]; then command+=("--user=$(server_user)"); fi
}

# mariadb_system_tables SHARE: prints the SQL that makes MariaDB's own tables, for --bootstrap.
mariadb_system_tables() {
  local prefix=mysql part
  if [ -e "$1/mariadb_system_tables.sql" ]; then prefix=mariadb; fi
  printf '%s\n' 'CREATE DATABASE mysql;' 'USE mysql;' 'SET @auth_root_socket = NULL;'
  for part in "${prefix}_system_tables" "${prefix}_performance_tables" "${prefix}_system_tables_data" \
    fill_help_tables maria_add_gis_sp_bootstrap "${prefix}_sys_schema"; do
    if [ -e "$1/$part.sql" ]; then cat "$1/$part.sql"; fi
  done
}

# make_data: makes the data directory unless it is there.
make_data() {
  local log=$instance/data.log share
  data_options
  if [ -e "$instance/data.options" ]; then
    if [ "$(cat "$instance/data.options")" != "${bound[*]}" ]; then
      die "$key: its data was made with '$(cat "$instance/data.options")', not with '${bound[*]}'; wipe it first"
    fi
    return
  fi
  rm -rf "$instance/data"
  mkdir -p "$instance/tmp"
  mkdir -m 750 "$instance/data"
  if [ "$flavor" = redis ]; then
    printf '%s' "${bound[*]}" >"$instance/data.options"
    return
  fi
  hand_over "$instance/data"
  hand_over "$instance/tmp"
  server_command
  if [ "$flavor" = mysql ]; then
    "${command[@]}" "${bound[@]}" --initialize-insecure >"$log" 2>&1
  else
    share=$base/share/mysql
    if [ -d "$base/share/mariadb/english" ]; then share=$base/share/mariadb; fi
    mariadb_system_tables "$share" |
      "${command[@]}" "${bound[@]}" --bootstrap --max-allowed-packet=16M >"$log" 2>&1
  fi || {
    grep -i error "$log" | tail -n 5 >&2 || true
    die "$key: cannot make its data directory; the server's output is in $log"
  }
  printf '%s' "${bound[*]}" >"$instance/data.options"
}

# first_statements: prints the SQL that a server runs when it starts for the first time.
first_statements() {
  local host
  echo 'CREATE DATABASE IF NOT EXISTS celery CHARACTER SET utf8mb4;'
  for host in localhost 127.0.0.1; do
    echo "CREATE USER IF NOT EXISTS 'celery'@'$host' IDENTIFIED BY 'celery';"
    echo "GRANT ALL PRIVILEGES ON *.* TO 'celery'@'$host' WITH GRANT OPTION;"
  done
}

# redis_configuration: prints the configuration of a Redis server, which keeps nothing on disk.
redis_configuration() {
  cat <<CONFIGURATION
port $(cat "$instance/port")
bind 127.0.0.1
unixsocket $instance/run/socket
dir $instance/data
save ""
requirepass celery
user celery on >celery ~* &* +@all
CONFIGURATION
}
