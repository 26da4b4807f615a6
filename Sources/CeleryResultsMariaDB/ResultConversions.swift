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

  /// The text that stores so many results of new tasks.
  package func text(ofResults count: Int) -> String {
    statement.several(count, Self.kind)
  }

  /// Writes the parameters of them, all the same.
  package func write(_ result: EncodedTaskResult, count: Int, to parameters: inout ParameterBinding) {
    let columns = statement.columns(of: Self.kind)
    for _ in 0..<count { columns.write(nil, result, to: &parameters) }
  }

  private static let kind = StoreKind(hasRequest: false, hasDetails: false)

  /// What reads rows that have the same columns as one.
  package func reader(of row: MariaDBRow) throws -> (MariaDBRow) throws -> EncodedTaskResult {
    let columns = try TaskResultColumns(row.columns)
    return { try columns.result(in: $0) }
  }
}
