# Root file systems of Debian 12 with the least that there is. To be sourced.
# Needs: messages.sh, packages.sh, server-binaries.sh (debian_mirrors), work.

bare_debian_requirements=(command:debootstrap=debootstrap
  file:/usr/share/keyrings/debian-archive-keyring.gpg=debian-archive-keyring)

# make_bare_debian TREE: makes one, with the mirror that this machine's apt uses.
make_bare_debian() {
  local mirror
  for mirror in $(debian_mirrors); do
    say "Making a bare Debian 12 from $mirror"
    rm -rf "$1"
    if debootstrap --variant=minbase bookworm "$1" "$mirror" >"$work/debootstrap.log" 2>&1; then
      cp --dereference /etc/resolv.conf "$1/etc/resolv.conf"
      return
    fi
  done
  tail -n 20 "$work/debootstrap.log" >&2
  die 'debootstrap cannot make a Debian 12'
}

# inside_of TREE COMMAND: runs it in the tree, with none of this machine's environment. Swift's runtime reads a
# program's arguments in /proc, which is mounted for this command only.
inside_of() {
  local tree=$1
  shift
  env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/ LC_ALL=C.UTF-8 \
    DEBIAN_FRONTEND=noninteractive ${http_proxy:+"http_proxy=$http_proxy"} \
    unshare --mount sh -c 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"' "$tree" "$@" </dev/null
}

# remove_trees FOLDER: removes it, and first what debootstrap may have left mounted in it.
remove_trees() {
  local mounted
  while read -r mounted; do
    umount "$mounted" || return
  done < <(findmnt --raw --noheadings --output TARGET | awk -v under="$1/" 'index($0, under) == 1' | sort --reverse)
  rm -rf --one-file-system "$1"
}
