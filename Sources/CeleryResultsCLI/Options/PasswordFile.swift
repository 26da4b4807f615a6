#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

import Dispatch
import MariaDBClient
import SystemPackage

/// A password that is in a file, or that somebody types.
enum PasswordFile {
  /// Reads the first line of a file.
  ///
  /// - Parameter path: The file; `-` for standard input. On a terminal the password is asked for and not shown.
  /// - Throws: ``ToolError`` when the file cannot be read.
  static func read(_ path: String) throws -> Password {
    guard path != "-" else { return try readStandardInput() }
    do {
      let file = try FileDescriptor.open(path, .readOnly)
      return try file.closeAfter {
        guard let line = try file.line() else { throw ToolError("the password file \(path) is empty") }
        return try password(line)
      }
    } catch let error as Errno {
      throw ToolError("the password file \(path) cannot be read: \(error)")
    }
  }

  private static func readStandardInput() throws -> Password {
    do {
      let line = try isatty(STDIN_FILENO) == 0 ? FileDescriptor.standardInput.line() : typedLine()
      guard let line else { throw ToolError("no password came on standard input") }
      return try password(line)
    } catch let error as Errno {
      throw ToolError("the password cannot be read from standard input: \(error)")
    }
  }

  private static func password(_ line: [UInt8]) throws -> Password {
    guard let text = String(validating: line, as: UTF8.self) else {
      throw ToolError("the password is not UTF-8")
    }
    return Password(text)
  }

  /// Asks for a line that the terminal does not show.
  private static func typedLine() throws(Errno) -> [UInt8]? {
    var shown = termios()
    tcgetattr(STDIN_FILENO, &shown)
    let settings = shown
    // Whoever is interrupted must get back a terminal that shows what is typed.
    let interrupts = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        restore(settings)
        ToolExit.end(by: number)
      }
      source.resume()
      return (number, source)
    }
    var hidden = settings
    hidden.c_lflag &= ~tcflag_t(ECHO)
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
    Terminal.write("Password: ")
    defer {
      restore(settings)
      for (number, source) in interrupts {
        source.cancel()
        signal(number, SIG_DFL)
      }
    }
    return try FileDescriptor.standardInput.line()
  }

  private static func restore(_ settings: termios) {
    var settings = settings
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
    Terminal.write("\n")
  }
}
