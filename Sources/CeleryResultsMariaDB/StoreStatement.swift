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

  private let full: Form
  private let withoutDetails: Form
  private let updates: [StoreKind: String]

  init(dialect: Dialect, columns: TableColumns, policy: ResultBackendConfiguration.StorePolicy) {
    let columns = StoredColumn.allCases.filter { columns.contains($0.rawValue) }
    full = Form(columns)
    withoutDetails = Form(columns.filter { !StoredColumn.details.contains($0) })
    let update = StoreUpdate(dialect: dialect, policy: policy)
    updates = StoreKind.all.reduce(into: [:]) { $0[$1] = update.clause(of: columns, $1) }
  }

  /// Stores one result.
  ///
  /// - Parameters:
  ///   - result: The result.
  ///   - isUncertain: Whether it may be stored already.
  func one(_ result: EncodedTaskResult, isUncertain: Bool = false) -> SQLStatement {
    var kind = StoreKind(of: result)
    kind.isUncertain = isUncertain
    let form = form(of: kind)
    var parameters: [MariaDBValue] = []
    parameters.reserveCapacity(form.columns.count + 1)
    parameters.append(.string(result.id.rawValue))
    for column in form.columns { parameters.append(column.value(of: result)) }
    return SQLStatement(sql: form.head + form.ownIDRow + (updates[kind] ?? ""), parameters: parameters)
  }

  /// Stores several results.
  ///
  /// - Parameters:
  ///   - rows: The results. Either all have an id or none.
  ///   - kind: What is common to them.
  func several(_ rows: some Collection<Row>, _ kind: StoreKind) -> SQLStatement {
    let (form, update) = (form(of: kind), updates[kind] ?? "")
    var sql = form.head
    sql.reserveCapacity(
      form.head.utf8.count + rows.count * (form.givenIDRow.utf8.count + 2) + update.utf8.count
    )
    var parameters: [MariaDBValue] = []
    parameters.reserveCapacity(rows.count * (form.columns.count + 1))
    var isFirst = true
    for row in rows {
      if !isFirst { sql += ", " }
      isFirst = false
      sql += form.givenIDRow
      parameters.append(row.id.mariaDBValue)
      for column in form.columns { parameters.append(column.value(of: row.request.result)) }
    }
    sql += update
    return SQLStatement(sql: sql, parameters: parameters)
  }

  private func form(of kind: StoreKind) -> Form { kind.hasDetails ? full : withoutDetails }

  /// What depends on the columns that are written.
  private struct Form {
    let columns: [StoredColumn]
    let head: String
    let ownIDRow: String
    let givenIDRow: String

    init(_ columns: [StoredColumn]) {
      self.columns = columns
      let table = TaskResultStatements.table
      let names = columns.map { SQLStatement.quoted(identifier: $0.rawValue) }
      let places = repeatElement("?", count: names.count).joined(separator: ", ")
      head = "INSERT INTO \(table) (`id`, \(names.joined(separator: ", "))) VALUES "
      let ownID = "(SELECT `id` FROM (SELECT `id` FROM \(table) WHERE `task_id` = ? LIMIT 1) AS `own`)"
      ownIDRow = "(\(ownID), \(places))"
      givenIDRow = "(?, \(places))"
    }
  }
}
