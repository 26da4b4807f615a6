import CeleryResults
import MariaDBClient
import ResultSchema

/// The statement that writes results over the rows of their tasks as `EncodedTaskResult.merged(over:policy:)` says,
/// or makes the rows.
///
/// In InnoDB `INSERT … ON DUPLICATE KEY UPDATE` uses up an AUTO_INCREMENT value also where it only updates, unless
/// the id is given: so the row's own is, when there is one. A statement of one row looks it up by itself; for one of
/// several they are looked up before, since a statement that has any row without an id reserves ids for all.
///
/// Its text is made once, and depends on nothing but the table and the policy.
///
/// Source: the MySQL manual's "INSERT ... ON DUPLICATE KEY UPDATE Statement".
struct StoreStatement: Sendable {
  /// A result, and the id of its task's row if there is one.
  typealias Row = (id: Int64?, request: StoreRequest)

  private let columns: [StoredColumn]
  private let head: String
  private let ownIDRow: String
  private let givenIDRow: String
  private let updates: [StoreKind: String]

  init(dialect: Dialect, columns: TableColumns, policy: ResultBackendConfiguration.StorePolicy) {
    self.columns = StoredColumn.allCases.filter { columns.contains($0.rawValue) }
    let table = TaskResultStatements.table
    let names = self.columns.map { SQLStatement.quoted(identifier: $0.rawValue) }
    let places = repeatElement("?", count: names.count).joined(separator: ", ")
    head = "INSERT INTO \(table) (`id`, \(names.joined(separator: ", "))) VALUES "
    let ownID = "(SELECT `id` FROM (SELECT `id` FROM \(table) WHERE `task_id` = ? LIMIT 1) AS `own`)"
    ownIDRow = "(\(ownID), \(places))"
    givenIDRow = "(?, \(places))"
    let (written, update) = (self.columns, StoreUpdate(dialect: dialect, policy: policy))
    updates = StoreKind.all.reduce(into: [:]) { $0[$1] = update.clause(of: written, $1) }
  }

  /// Stores one result.
  ///
  /// - Parameters:
  ///   - result: The result.
  ///   - isUncertain: Whether it may be stored already.
  func one(_ result: EncodedTaskResult, isUncertain: Bool = false) -> SQLStatement {
    var parameters: [MariaDBValue] = []
    parameters.reserveCapacity(columns.count + 1)
    parameters.append(.string(result.id.rawValue))
    for column in columns { parameters.append(column.value(of: result)) }
    let kind = StoreKind(hasRequest: result.hasRequest, isUncertain: isUncertain)
    return SQLStatement(sql: head + ownIDRow + (updates[kind] ?? ""), parameters: parameters)
  }

  /// Stores several results.
  ///
  /// - Parameters:
  ///   - rows: The results. Either all have an id or none.
  ///   - kind: What is common to them.
  func several(_ rows: some Collection<Row>, _ kind: StoreKind) -> SQLStatement {
    var sql = head
    sql.reserveCapacity(head.utf8.count + rows.count * (givenIDRow.utf8.count + 2) + 2_048)
    var parameters: [MariaDBValue] = []
    parameters.reserveCapacity(rows.count * (columns.count + 1))
    for (index, row) in rows.enumerated() {
      if index > 0 { sql += ", " }
      sql += givenIDRow
      parameters.append(row.id.mariaDBValue)
      for column in columns { parameters.append(column.value(of: row.request.result)) }
    }
    sql += updates[kind] ?? ""
    return SQLStatement(sql: sql, parameters: parameters)
  }
}
