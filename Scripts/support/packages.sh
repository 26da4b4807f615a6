# Installs what is missing with apt. To be sourced. Needs: messages.sh.

# is_met NEED: true if what a line of requirements asks for is there.
is_met() {
  case $1 in
    command:*) command -v "${1#*:}" >/dev/null ;;
    pkg-config:*) command -v pkg-config >/dev/null && pkg-config --exists "${1#*:}" ;;
    file:*) compgen -G "${1#*:}" >/dev/null ;;
    python:*) python3 -c "import ${1#*:}" 2>/dev/null ;;
  esac
}

# require NEED=PACKAGE ...: installs the package of each need that is not met. A need is command:NAME,
# pkg-config:NAME, python:MODULE or file:PATTERN.
require() {
  local pair missing=() prefix=()
  for pair; do
    if ! is_met "${pair%%=*}"; then missing+=("${pair#*=}"); fi
  done
  if ((${#missing[@]} == 0)); then return; fi
  command -v apt-get >/dev/null || die "missing: ${missing[*]} (Debian's names; apt-get is not here to install them)"
  if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null; then
      die "missing: ${missing[*]}; install them as root: apt-get install ${missing[*]}"
    fi
    prefix=(sudo)
  fi
  say "Installing ${missing[*]}"
  {
    "${prefix[@]}" apt-get -q update &&
      "${prefix[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -q install --yes --no-install-recommends "${missing[@]}"
  } >&2 || die "cannot install ${missing[*]}; as root, try: apt-get install ${missing[*]}"
  for pair; do
    is_met "${pair%%=*}" || die "${pair#*=} is installed, but ${pair%%=*} is still missing"
  done
}

build_requirements=(command:pkg-config=pkg-config pkg-config:libmariadb=libmariadb-dev)
server_requirements=(command:openssl=openssl file:/usr/share/keyrings/debian-archive-keyring.gpg=debian-archive-keyring)
test_requirements=(command:git=git command:gcc=gcc command:python3=python3 python:ensurepip=python3-venv
  'file:/usr/include/python3*/Python.h=python3-dev' file:/usr/include/stdio.h=libc6-dev
  file:/usr/include/hiredis/hiredis.h=libhiredis-dev)
