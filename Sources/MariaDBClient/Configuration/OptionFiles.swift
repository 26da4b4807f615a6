/// Which MySQL option files (`my.cnf`) a connection reads, and which groups of them.
///
/// Host, port, socket, user, password and database that a configuration states win over what a file says; time-outs
/// of a file win over the configuration's.
///
/// Source: the MySQL manual's "Using Option Files".
public struct OptionFiles: Sendable, Hashable {
  enum Files: Sendable, Hashable {
    case none
    case standard
    case file(String)
  }

  let files: Files
  let group: String

  /// No file is read.
  public static let none = OptionFiles(files: .none, group: "")

  /// The files that every MySQL client reads (`/etc/my.cnf`, `/etc/mysql/my.cnf`, `~/.my.cnf`), of them the
  /// group `[client]` and one more.
  ///
  /// - Parameter group: The name of the further group, without brackets.
  public static func standard(group: String) -> OptionFiles {
    OptionFiles(files: .standard, group: group)
  }

  /// One file, of it the group `[client]` and one more.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - group: The name of the further group, without brackets.
  public static func file(_ path: String, group: String) -> OptionFiles {
    OptionFiles(files: .file(path), group: group)
  }
}
