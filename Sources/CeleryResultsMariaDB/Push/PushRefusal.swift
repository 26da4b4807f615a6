import MariaDBClient

/// Why the binary log of a server cannot be followed.
///
/// Trying again would not help.
struct PushRefusal: Error, CustomStringConvertible {
  /// What is lacking and what to do.
  let description: String

  init(_ description: String) {
    self.description = description
  }

  /// What an error means that will not pass; nil for those that may.
  init?(_ error: any Error) {
    guard let error = error as? MariaDBError else { return nil }
    if error.errno == Self.missingPrivilege {
      description =
        "the user lacks a privilege (\(error)); GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* gives what is needed"
    } else if error.code == .binaryLogUnreadable {
      description = "\(error)"
    } else {
      return nil
    }
  }

  private static let missingPrivilege: UInt32 = 1227
}
