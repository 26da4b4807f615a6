import MariaDBClient

/// Why the binary log of a server cannot be followed.
///
/// Trying again helps once somebody has changed the server, the user's rights or the table.
struct PushRefusal: Error, CustomStringConvertible {
  /// What is lacking and what to do.
  let description: String

  init(_ description: String) {
    self.description = description
  }

  /// The server does not let this user read its log.
  ///
  /// - Parameter error: What it answered: 1227, or 1045 as if the password were wrong.
  init(missingPrivilege error: MariaDBError) {
    description =
      "the user lacks a privilege, which GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* gives (error "
      + "\(error.errno ?? 0))"
  }

  /// What an error means that does not pass by itself; nil for those that may.
  init?(_ error: any Error) {
    guard let error = error as? MariaDBError, error.code == .binaryLogUnreadable else { return nil }
    description = "\(error)"
  }
}
