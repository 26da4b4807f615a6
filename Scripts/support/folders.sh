# Where the scripts keep what can be made again. To be sourced.

# cache_folder: prints the folder for downloads and tools.
# Root's home is closed to the user that a server started by root runs as, so root's is in /var/cache.
cache_folder() {
  if [ "$(id -u)" = 0 ]; then
    printf '%s\n' "${XDG_CACHE_HOME:-/var/cache}/celery-results"
  else
    printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/celery-results"
  fi
}
