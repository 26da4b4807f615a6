public import MariaDBClient
public import ResultSchema

/// Why a migration ended.
///
/// What it had done until then is in the description, and is not done again by the next run.
public struct MigrationError: Error, Sendable {
  /// The kinds of error.
  ///
  /// A struct, so that a new kind breaks nobody's `switch`.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Base: String, Sendable {
      case doesNotFit, otherLevel, unknownEngine, noDatabase, locked, valueTooLong, copiesTable, stopped
    }

    private let base: Base

    /// An index or a row is longer than the server allows: errors 1071, 1709, 1118 and their kin.
    public static let doesNotFit = Code(base: .doesNotFit)
    /// Ledger and tables contradict each other, or are beyond the level that is wanted.
    public static let otherLevel = Code(base: .otherLevel)
    /// The server does not have the storage engine that was asked for.
    public static let unknownEngine = Code(base: .unknownEngine)
    /// The connection names no database.
    public static let noDatabase = Code(base: .noDatabase)
    /// Another migration is at work, and did not end in time.
    public static let locked = Code(base: .locked)
    /// A value is longer than its column would be.
    public static let valueTooLong = Code(base: .valueTooLong)
    /// A big table would be copied while nobody can store.
    public static let copiesTable = Code(base: .copiesTable)
    /// The server or the connection failed in the middle: see ``MigrationError/cause``.
    public static let stopped = Code(base: .stopped)

    /// The name of the code.
    public var description: String { base.rawValue }
  }

  /// Why it ended.
  public let code: Code
  /// What is wrong, where, and what to do.
  public let description: String
  /// What makes the tables fit, best first, when they do not.
  public let remedies: [Remedy]
  /// The server's error, where it was one.
  public let cause: MariaDBError?

  init(_ code: Code, _ description: String, remedies: [Remedy] = [], cause: MariaDBError? = nil) {
    self.code = code
    self.description = description
    self.remedies = remedies
    self.cause = cause
  }
}

extension MigrationError: CustomStringConvertible {}

extension MigrationError {
  /// The error with a further line.
  func adding(_ line: String) -> MigrationError {
    MigrationError(code, description + "\n" + line, remedies: remedies, cause: cause)
  }
}
