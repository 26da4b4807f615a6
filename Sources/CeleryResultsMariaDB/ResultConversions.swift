package import CeleryResults
package import MariaDBClient
import ResultSchema

/// From a result to its statement and from a row to a result, without a server: what counting instructions needs.
package struct ResultConversions: Sendable {
  private let statements: TaskResultStatements

  /// Makes the conversions for the newest tables on MariaDB.
  package init() {
    let columns = CeleryTables.taskResult(taskIDMaxLength: 255).columns.map {
      TableColumns.Column(name: $0.name, maximumLength: 255)
    }
    statements = TaskResultStatements(
      dialect: Dialect(flavor: .mariaDB, version: ServerVersion(10, 11)),
      columns: TableColumns(columns)
    )
  }

  /// The statement that stores a result.
  package func store(_ result: EncodedTaskResult) -> SQLStatement {
    statements.store(result, policy: .protectsSuccess)
  }

  /// The result in a row.
  package func result(in row: MariaDBRow) throws -> EncodedTaskResult {
    try EncodedTaskResult(row: row, columns: statements.columns)
  }
}
