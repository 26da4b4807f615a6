#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

import MariaDBClient

/// A password that is in a file, or that somebody types.
enum PasswordFile {
  /// Reads the first line of a file.
  ///
  /// - Parameter path: The file; `-` for standard input. On a terminal the password is asked for and not shown.
  /// - Throws: ``ToolError`` when the file cannot be read.
  static func read(_ path: String) throws -> Password {
    guard path != "-" else { return try readStandardInput() }
    guard let file = fopen(path, "r") else {
      throw ToolError("the password file \(path) cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    guard getline(&line, &capacity, file) >= 0, let line else {
      throw ToolError("the password file \(path) is empty")
    }
    return Password(withoutLineEnd(String(cString: line)))
  }

  private static func readStandardInput() throws -> Password {
    let asks = isatty(STDIN_FILENO) != 0
    var shown = termios()
    if asks {
      Terminal.write("Password: ")
      tcgetattr(STDIN_FILENO, &shown)
      var hidden = shown
      hidden.c_lflag &= ~tcflag_t(ECHO)
      tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    }
    defer {
      if asks {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown)
        Terminal.write("\n")
      }
    }
    guard let line = readLine() else { throw ToolError("no password came on standard input") }
    return Password(withoutLineEnd(line))
  }

  private static func withoutLineEnd(_ line: String) -> String {
    String(line.prefix { !$0.isNewline })
  }
}
