public import ResultSchema

/// Why a migration ended.
///
/// No table is left behind that was not there before.
public struct MigrationError: Error, Sendable, Hashable {
  /// The kinds of error.
  ///
  /// A struct, so that a new kind breaks nobody's `switch`.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Base: String, Sendable {
      case doesNotFit, otherLevel, noDatabase, locked
    }

    private let base: Base

    /// An index or a row is longer than the server allows: errors 1071, 1709, 1118 and their kin.
    public static let doesNotFit = Code(base: .doesNotFit)
    /// The database holds other tables than those of the newest level.
    public static let otherLevel = Code(base: .otherLevel)
    /// The connection names no database.
    public static let noDatabase = Code(base: .noDatabase)
    /// Another migration is at work, and did not end in time.
    public static let locked = Code(base: .locked)

    /// The name of the code.
    public var description: String { base.rawValue }
  }

  /// Why it ended.
  public let code: Code
  /// What is wrong, where, and what to do.
  public let description: String
  /// What makes the tables fit, best first, when they do not.
  public let remedies: [Remedy]

  init(_ code: Code, _ description: String, remedies: [Remedy] = []) {
    self.code = code
    self.description = description
    self.remedies = remedies
  }
}

extension MigrationError: CustomStringConvertible {}

extension MigrationError {
  /// The error with a further line.
  func adding(_ line: String) -> MigrationError {
    MigrationError(code, description + "\n" + line, remedies: remedies)
  }

  static func otherLevel(_ level: SchemaLevel) -> MigrationError {
    MigrationError(
      .otherLevel,
      "\(level). This tool makes fresh tables; it does not change those of another level. Nothing was changed. "
        + "Bring them to level 0014 with Django: manage.py migrate \(CeleryMigration.app)"
    )
  }

  static func doesNotFit(_ schema: CelerySchema, _ options: Migrator.Options) -> MigrationError {
    let explanation = KeyLengthExplanation(
      schema: schema,
      command: options.command,
      settingValue: options.taskIDMaxLength.statedLength.map(String.init)
    )
    return MigrationError(
      .doesNotFit,
      "\(explanation)\nNothing was changed.",
      remedies: schema.remedies
    )
  }
}
