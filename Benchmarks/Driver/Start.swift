import Glibc

/// How the driver and `Scripts/bench` agree on when a measurement begins.
enum Start {
  /// Says that everything is warm, and waits for a line on stdin if asked to.
  static func ready(waiting: Bool) {
    write(line: "ready")
    if waiting { _ = readLine() }
  }

  /// Prints a line at once.
  static func write(line: String) {
    print(line)
    fflush(nil)
  }
}
