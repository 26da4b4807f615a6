# Makes the Debian package. To be sourced. Needs: root, messages.sh, work, output, tool, version, same_times.

package_requirements=(command:git=git command:strip=binutils command:dpkg-deb=dpkg
  command:dpkg-shlibdeps=dpkg-dev)

# library_packages: prints what the tool depends on, in the words of a control file.
library_packages() {
  local folder=$work/shlibdeps found
  mkdir -p "$folder/debian"
  printf '%s\n' 'Source: celery-results' '' 'Package: celery-results' 'Architecture: any' >"$folder/debian/control"
  found=$(cd "$folder" && dpkg-shlibdeps -O -e"$tool") || return
  printf '%s\n' "${found#shlibs:Depends=}"
}

# control_file SIZE: prints the control file of a package of so many KiB.
control_file() {
  local libraries
  libraries=$(library_packages) || die 'dpkg-shlibdeps does not know what the tool depends on'
  cat <<TEXT
Package: celery-results
Version: $debian_version
Architecture: $architecture
Maintainer: ${DEBFULLNAME:-celery-results} <${DEBEMAIL:-celery-results@localhost}>
Installed-Size: $1
Depends: $libraries
Recommends: ca-certificates
Section: database
Priority: optional
Description: results of Celery tasks in MySQL or MariaDB
 Makes the tables of django-celery-results on any MySQL or MariaDB server,
 and stores, reads, waits for, lists and cleans up the results of tasks.
TEXT
}

# make_debian_package: leaves the package in the output folder and prints its path.
make_debian_package() {
  local tree=$work/debian architecture debian_version=${version//-/\~} documents file
  architecture=$(dpkg --print-architecture)
  documents=$tree/usr/share/doc/celery-results
  install -D --mode=755 "$tool" "$tree/usr/bin/celery-results"
  install -D --mode=644 --target-directory="$tree/usr/lib/systemd/system" "$root"/Packaging/*.{service,timer}
  install -D --mode=644 --target-directory="$documents" "$root/README.md" "$root/Packaging/debian/copyright"
  install -D --mode=644 --target-directory="$documents/examples" "$root/Packaging/celery-results.cron"
  gzip --no-name --best <"$root/CHANGELOG.md" >"$documents/changelog.gz"
  install -D --mode=640 "$root/Packaging/environment" "$tree/etc/celery-results/environment"

  install -d --mode=755 "$tree/DEBIAN"
  control_file "$(du --summarize --apparent-size --block-size=1024 "$tree" | cut -f 1)" >"$tree/DEBIAN/control"
  install --mode=644 "$root/Packaging/debian/conffiles" "$tree/DEBIAN"
  install --mode=755 "$root"/Packaging/debian/{postinst,prerm,postrm} "$tree/DEBIAN"
  (cd "$tree" && find usr -type f | LC_ALL=C sort | xargs md5sum) >"$tree/DEBIAN/md5sums"
  same_times "$tree"
  file=$output/celery-results_${debian_version}_$architecture.deb
  dpkg-deb --root-owner-group --build "$tree" "$file" >&2
  printf '%s\n' "$file"
}
