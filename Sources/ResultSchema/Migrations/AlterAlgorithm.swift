/// How a server does an ALTER TABLE, and what others may do meanwhile.
///
/// Source: the MySQL manual's "Online DDL Operations", MariaDB's "InnoDB Online DDL Overview".
public enum AlterAlgorithm: String, Sendable, Hashable, CaseIterable {
  /// Only the catalogue is changed.
  case instant
  /// InnoDB changes the table, and others read and write it meanwhile.
  case inPlace
  /// The server copies the table, and others read and write it meanwhile: MariaDB 11.2 and later.
  case onlineCopy
  /// The server chooses; it may copy the table, and others can only read it meanwhile.
  case copy

  /// The clauses that ask for it.
  var sql: String {
    switch self {
    case .instant: "ALGORITHM=INSTANT"
    case .inPlace: "ALGORITHM=INPLACE, LOCK=NONE"
    case .onlineCopy: "ALGORITHM=COPY, LOCK=NONE"
    case .copy: "ALGORITHM=COPY"
    }
  }

  /// Whether others can write meanwhile.
  public var isOnline: Bool { self != .copy }
}

extension AlterAlgorithm: CustomStringConvertible {
  /// The clauses that ask for it, as the server has them.
  public var description: String { sql }
}
