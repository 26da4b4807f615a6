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
/// What its texts consist of is made once, and depends on nothing but the table and the policy.
///
/// Source: the MySQL manual's "INSERT ... ON DUPLICATE KEY UPDATE Statement".
struct StoreStatement: Sendable {
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

  /// The text that stores one result.
  func one(_ kind: StoreKind) -> String {
    let form = form(of: kind)
    return form.head + form.ownIDRow + (updates[kind] ?? "")
  }

  /// Writes the parameters of that text.
  func write(_ result: EncodedTaskResult, _ kind: StoreKind, to parameters: inout ParameterBinding) {
    parameters.append(result.id.rawValue)
    for column in columns(of: kind) { column.write(result, to: &parameters) }
  }

  /// The text that stores several results: all of them have a row, or none.
  ///
  /// - Parameters:
  ///   - rowCount: How many there are; 1 for a text that is executed for many rows of parameters.
  ///   - kind: What is common to them.
  func several(_ rowCount: Int, _ kind: StoreKind) -> String {
    let (form, update) = (form(of: kind), updates[kind] ?? "")
    var sql = form.head
    sql.reserveCapacity(
      form.head.utf8.count + rowCount * (form.givenIDRow.utf8.count + 2) + update.utf8.count
    )
    for row in 0..<rowCount {
      if row > 0 { sql += ", " }
      sql += form.givenIDRow
    }
    sql += update
    return sql
  }

  /// The columns whose values are the parameters of one row of a text, behind its id.
  func columns(of kind: StoreKind) -> [StoredColumn] { form(of: kind).columns }

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
