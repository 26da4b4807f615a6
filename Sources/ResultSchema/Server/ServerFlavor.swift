/// The two server families that speak MySQL's protocol.
public enum ServerFlavor: String, Sendable, Hashable, CaseIterable {
  /// Oracle's MySQL, and builds of it such as Percona Server.
  case mySQL = "MySQL"
  /// MariaDB Server.
  case mariaDB = "MariaDB"
}

extension ServerFlavor: CustomStringConvertible {
  /// The family's name as its makers spell it.
  public var description: String { rawValue }
}
