package import CeleryResults
package import MariaDBClient
import ResultSchema

/// From results to their statement and from a row to a result, without a server: what counting instructions needs.
package struct ResultConversions: Sendable {
  private let statement: StoreStatement

  /// Makes the conversions for the newest tables on MariaDB.
  package init() {
    let columns = TableColumns(
      CeleryTables.taskResult(taskIDMaxLength: 255).columns.map { .init(name: $0.name, maximumLength: 255) }
    )
    let dialect = Dialect(flavor: .mariaDB, version: ServerVersion(10, 11))
    statement = StoreStatement(dialect: dialect, columns: columns, policy: .protectsSuccess)
  }

  /// The statement that stores one result.
  package func store(_ result: EncodedTaskResult) -> SQLStatement {
    statement.one(result)
  }

  /// The statement that stores results of new tasks.
  package func store(_ results: [EncodedTaskResult]) -> SQLStatement {
    statement.several(
      results.map { (nil, StoreRequest($0)) },
      StoreKind(hasRequest: false, hasDetails: false)
    )
  }

  /// What reads rows that have the same columns as one.
  package func reader(of row: MariaDBRow) throws -> (MariaDBRow) throws -> EncodedTaskResult {
    let columns = try TaskResultColumns(row.columns)
    return { try columns.result(in: $0) }
  }
}
