# Fetches the binaries of a server into the cache, without installing them. To be sourced.
#
# A server comes with every library it needs, its own libc among them, since it was built for another
# Debian than the one it runs on; its own ld.so starts it. Needs: binaries_folder.

# server_packages NAME: sets flavor, suite and packages.
server_packages() {
  case $1 in
    mysql97)     flavor=mysql   suite=sid      packages=(mysql-server-core) ;;
    mariadb118)  flavor=mariadb suite=trixie   packages=(mariadb-server-core) ;;
    mariadb1011) flavor=mariadb suite=bookworm packages=(mariadb-server-core) ;;
    mariadb105)  flavor=mariadb suite=bullseye packages=(mariadb-server-core-10.5) ;;
    redis70)     flavor=redis   suite=bookworm packages=(redis-server) ;;
    *) die "no server is called '$1'; there are: ${server_names[*]}" ;;
  esac
}

# debian_mirrors: prints the mirror that this machine's apt uses, then Debian's own and its archive,
# where the suites go that are no longer supported.
debian_mirrors() {
  {
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
      grep -E '/debian/?$' || true
    printf '%s\n' http://deb.debian.org/debian http://archive.debian.org/debian
  } | sed 's:/*$::' | awk '!seen[$0]++'
}

# use_private_apt FOLDER SUITE MIRROR: sets the array apt to an apt-get that knows this suite only and
# believes that nothing is installed.
use_private_apt() {
  local folder=$1 keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  [ -r "$keyring" ] || die "$keyring is missing: install the package debian-archive-keyring"
  mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
  : >"$folder/status"
  printf 'deb [signed-by=%s check-valid-until=no] %s %s main\n' "$keyring" "$3" "$2" >"$folder/sources.list"
  apt=(
    apt-get -q
    -o "Dir::Etc::SourceList=$folder/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o "Dir::State=$folder" -o "Dir::State::status=$folder/status" -o "Dir::Cache=$folder/cache"
    -o APT::Install-Recommends=false -o APT::Sandbox::User=root
  )
}

# download_server NAME FOLDER: leaves the packages of the server and all they depend on in
# FOLDER/cache/archives.
download_server() {
  local name=$1 folder=$2 mirror log=$2.log
  : >"$log"
  for mirror in $(debian_mirrors); do
    use_private_apt "$folder" "$suite" "$mirror"
    if "${apt[@]}" -o APT::Update::Error-Mode=any update >>"$log" 2>&1 &&
      "${apt[@]}" install --yes --download-only "${packages[@]}" >>"$log" 2>&1; then
      return
    fi
  done
  tail -n 5 "$log" >&2
  die "cannot download ${packages[*]} of Debian $suite for $name; apt's output is in $log"
}

# unpack_server ARCHIVES TREE: unpacks all packages but those that only package scripts need.
unpack_server() {
  local archive
  mkdir -p "$2"
  for archive in "$1"/*.deb; do
    case ${archive##*/} in
      *perl* | gcc-*-base_* | *-common_* | debconf_* | dpkg_* | tar_*) ;;
      *) dpkg -x "$archive" "$2" ;;
    esac
  done
  rm -rf "${2:?}"/{etc,var} "${2:?}"/usr/share/{doc,man,lintian,locale,bug}
}

# server_program TREE FLAVOR: sets program to the words that start the server of the tree, and base.
server_program() {
  local tree=$1 binary loader folders=() folder
  base=$tree/usr
  binary=$base/sbin/mariadbd
  if [ "$2" = mysql ]; then binary=$base/sbin/mysqld; fi
  if [ "$2" = redis ]; then binary=$base/bin/redis-server; fi
  for folder in "$tree"/lib/*-linux-gnu "$tree"/usr/lib/*-linux-gnu; do
    if [ -d "$folder" ]; then folders+=("$folder"); fi
  done
  loader=$(find "${folders[@]}" -maxdepth 1 -name 'ld-linux*.so.*' -print -quit)
  if [ ! -x "$binary" ] || [ -z "$loader" ]; then die "the server in $tree is not complete: remove that folder"; fi
  program=("$loader" --library-path "$(IFS=:; printf '%s' "${folders[*]}")" "$binary")
}

# fetch_server NAME: makes sure that the server's tree is in the cache; sets tree.
fetch_server() {
  local name=$1 lock new
  tree=$binaries_folder/$name
  if [ -e "$tree/.complete" ]; then return; fi
  mkdir -p "$binaries_folder"
  exec {lock}>"$binaries_folder/$name.lock"
  flock "$lock"
  if [ ! -e "$tree/.complete" ]; then
    say "$name: fetching ${packages[*]} of Debian $suite into $tree"
    new=$binaries_folder/$name.new
    rm -rf "$tree" "$new" "$new.apt"
    download_server "$name" "$new.apt"
    unpack_server "$new.apt/cache/archives" "$new"
    server_program "$new" "$flavor"
    "${program[@]}" --version >/dev/null || die "$name: the server that was fetched does not run"
    touch "$new/.complete"
    mv "$new" "$tree"
    rm -rf "$new.apt" "$new.apt.log"
  fi
  exec {lock}>&-
}
