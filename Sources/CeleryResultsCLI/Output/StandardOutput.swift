import SystemPackage

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Standard output: what was asked for, and nothing else.
enum StandardOutput {
  /// Writes a line at once, so that whoever reads a pipe sees it while the command goes on.
  ///
  /// - Throws: ``ToolError`` when it cannot be written, as on a full disk. Where the reader has gone, as `head`
  ///   does, the process ends by SIGPIPE, as other tools do; libmariadb has the signal ignored.
  static func write(line: String) throws {
    do {
      _ = try FileDescriptor.standardOutput.writeAll((line + "\n").utf8)
    } catch Errno.brokenPipe {
      ToolExit.end(by: SIGPIPE)
    } catch {
      throw ToolError("standard output cannot be written: \(error)")
    }
  }

  /// Writes a line amid work that must be finished whether anybody reads it or not.
  static func note(line: String) {
    _ = try? FileDescriptor.standardOutput.writeAll((line + "\n").utf8)
  }
}
