# Finds Swift. To be sourced. Needs: messages.sh.

# use_swift: puts the folder of a Swift toolchain on PATH.
use_swift() {
  local folder
  if ! command -v swift >/dev/null; then
    for folder in /opt/swift/usr/bin /usr/share/swift/usr/bin /usr/local/swift/usr/bin \
      "${SWIFTLY_BIN_DIR:-$HOME/.local/share/swiftly/bin}"; do
      if [ -x "$folder/swift" ]; then
        PATH=$PATH:$folder
        export PATH
        break
      fi
    done
  fi
  command -v swift >/dev/null ||
    die 'Swift 6.2 or later is missing: see https://www.swift.org/install/linux/, then put its folder on PATH'
}
