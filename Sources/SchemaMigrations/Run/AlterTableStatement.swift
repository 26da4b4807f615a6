import MariaDBClient
import ResultSchema

/// An ALTER TABLE, done in the way that disturbs others least.
struct AlterTableStatement {
  let step: SchemaStep
  let schema: CelerySchema
  /// The table as it is.
  let table: FoundTable
  /// The most bytes of a table that may be copied while others wait.
  let copyLimit: Int
  /// What to do when the table is larger: it says so, with a command that helps.
  let refusal: (FoundTable, SchemaStep) -> MigrationError

  /// Runs the statement.
  ///
  /// - Returns: How the server did it.
  /// - Throws: `MariaDBError`; what `refusal` says when only copying is left and the table is too large for it.
  func run(_ handle: ConnectionHandle) throws -> AlterAlgorithm {
    for algorithm in algorithms {
      do {
        try handle.query(text: schema.statement(of: step, algorithm: algorithm))
        return algorithm
      } catch {
        guard let refused = error as? MariaDBError, refused.errno.map(Self.notSupported.contains) ?? false
        else { throw error }
      }
    }
    guard table.bytes <= copyLimit else { throw refusal(table, step) }
    try handle.query(text: schema.statement(of: step))
    return .copy
  }

  private var algorithms: [AlterAlgorithm] {
    guard table.engine == .innoDB else { return [] }
    return schema.facts.dialect.copiesOnline ? [.instant, .inPlace, .onlineCopy] : [.instant, .inPlace]
  }

  /// ER_UNKNOWN_ALTER_ALGORITHM, ER_ALTER_OPERATION_NOT_SUPPORTED with and without a reason, and MySQL's
  /// ER_INNODB_MAX_ROW_VERSION: a table bears only so many instant changes.
  private static let notSupported: Set<UInt32> = [1800, 1845, 1846, 4092]
}
