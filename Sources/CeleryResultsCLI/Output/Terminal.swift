import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Standard error, for messages and progress.
enum Terminal {
  /// Whether somebody watches.
  static let isWatched = isatty(STDERR_FILENO) != 0

  /// Writes a message, which may quote what is stored.
  static func say(_ text: String) {
    write(harmless(text, keepingLines: true) + "\n")
  }

  /// Writes text as it is.
  static func write(_ text: String) {
    _ = try? FileDescriptor.standardError.writeAll(text.utf8)
  }

  /// Shows how far long work is, in one line that is overwritten; nothing where nobody watches.
  static func progress(_ text: String) {
    if isWatched { write("\r\u{1B}[K" + text) }
  }

  /// Removes the line of progress.
  static func endProgress() {
    if isWatched { write("\r\u{1B}[K") }
  }

  /// Stored text without what a terminal would take for a command: control characters are shown as escapes.
  static func harmless(_ text: String, keepingLines: Bool = false) -> String {
    var output = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x0A, 0x09:
        if keepingLines { output.unicodeScalars.append(scalar) } else { output += " " }
      case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069:
        output += "\\u{" + String(scalar.value, radix: 16) + "}"
      default: output.unicodeScalars.append(scalar)
      }
    }
    return output
  }
}
