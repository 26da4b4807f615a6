import MariaDBClient
import ResultSchema

/// What is in the database: which of the tables, and what Django's ledger says.
struct DatabaseState: Sendable, Hashable {
  let level: SchemaLevel
  /// The tables of django-celery-results that are there.
  let tables: Set<String>
  /// Characters of task_id, where the table is there.
  let taskIDLength: Int?
  /// Whether nothing is there but what a run of this tool leaves when it is interrupted: tables of the newest
  /// level, and an empty ledger.
  let canBeFinished: Bool

  init(_ handle: ConnectionHandle) throws {
    let rows = try handle.query(
      """
      SELECT table_name, column_name, character_maximum_length FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name IN (\(list: CeleryTables.names))
      """
    ).rows
    var columns: [String: Set<String>] = [:]
    var taskIDLength: Int?
    for row in rows {
      let (table, column, length) = try row.decode(String.self, String.self, Int?.self)
      columns[table, default: []].insert(column)
      if table == CeleryTables.taskResultName, column == "task_id" { taskIDLength = length }
    }
    let ledgerNames = try MigrationLedger(handle).names()
    level = SchemaLevel(ledgerNames: ledgerNames, columns: columns)
    tables = Set(columns.keys)
    self.taskIDLength = taskIDLength
    let newest = Dictionary(
      uniqueKeysWithValues: CeleryTables.all(taskIDMaxLength: 1).map {
        ($0.name, Set($0.columns.map(\.name)))
      }
    )
    canBeFinished = ledgerNames.isEmpty && columns.allSatisfy { newest[$0.key] == $0.value }
  }
}
