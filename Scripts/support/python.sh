# A Python of the tests' own. To be sourced. Needs: folders.sh, messages.sh.

# use_python REQUIREMENTS: makes the virtual environment unless it is in the cache; sets python.
use_python() {
  local folder log lock
  # Other requirements or another Python get another environment.
  folder=$(cache_folder)/python-$({ python3 --version && cat "$1"; } | sha256sum | head -c 16)
  log=$folder.log python=$folder/bin/python
  mkdir -p "${folder%/*}"
  exec {lock}>"$folder.lock"
  flock "$lock"
  if [ ! -e "$folder/complete" ]; then
    say "Making a Python environment in $folder"
    rm -rf "$folder"
    { python3 -m venv "$folder" && "$python" -m pip install --quiet --requirement "$1"; } >"$log" 2>&1 || {
      tail -n 20 "$log" >&2
      die "cannot install $1; pip's output is in $log"
    }
    touch "$folder/complete"
  fi
  exec {lock}>&-
}
