import CeleryResults
public import MariaDBClient
import ResultSchema

/// Brings the results of Celery's own database backend over into the tables of django-celery-results.
///
/// That backend keeps pickles in `celery_taskmeta` and `celery_tasksetmeta`. They are read without executing
/// anything, and written with the serialiser of the backend; a value that it has no form for stays the pickle that it
/// is. What is there already is left as it is, unless it was not ready and is so now: an import can be stopped and run
/// again at any time, also while workers still store in the old tables. A row that cannot be brought over is passed
/// over, and named in the report.
///
/// Source: `celery.backends.database.models`.
public struct SQLAlchemyImport: Sendable {
  /// Where the tables of Celery's backend are.
  public let source: MariaDBClient
  /// Where the results go.
  public let backend: DatabaseBackend
  /// The name of the table of tasks: `database_table_names['task']`.
  public let taskTable: String
  /// The name of the table of groups: `database_table_names['group']`.
  public let groupTable: String
  /// How many rows are brought over in one transaction.
  static let portion = 500

  /// Makes an import.
  public init(
    from source: MariaDBClient,
    to backend: DatabaseBackend,
    taskTable: String = "celery_taskmeta",
    groupTable: String = "celery_tasksetmeta"
  ) {
    self.source = source
    self.backend = backend
    self.taskTable = taskTable
    self.groupTable = groupTable
  }

  /// Brings all rows over: tasks first, then groups where both tables of groups exist.
  ///
  /// - Parameters:
  ///   - dryRun: Whether to read, decode and count only.
  ///   - progress: Gets the counts after each portion.
  /// - Returns: The counts.
  /// - Throws: `MariaDBError`, with the code `unknownTable` when there is no table of tasks; `CancellationError`.
  public func run(
    dryRun: Bool = false,
    progress: @Sendable (SQLAlchemyImportReport) -> Void = { _ in }
  ) async throws -> SQLAlchemyImportReport {
    var report = SQLAlchemyImportReport()
    let taskColumns = try await columns(of: taskTable)
    guard taskColumns.contains("task_id") else {
      throw MariaDBError(
        .unknownTable,
        explanation: "the database has no table \(taskTable) of Celery's own database backend"
      )
    }
    report.tasks.total = try await count(taskTable)
    let statements = SQLAlchemyStatements(table: taskTable, columns: taskColumns)
    try await walk(statements) { rows in
      let results = read(rows, "task_id", \.tasks, into: &report) { row throws(MariaDBError) in
        try EncodedTaskResult(sqlAlchemy: row, taskColumns, backend.configuration)
      }
      try await bring(results, dryRun: dryRun, into: &report)
      progress(report)
    }
    let groupColumns = try await columns(of: groupTable)
    guard groupColumns.contains("taskset_id") else { return report }
    report.groups.total = try await count(groupTable)
    try await walk(SQLAlchemyStatements(table: groupTable, columns: groupColumns)) { rows in
      let groups = read(rows, "taskset_id", \.groups, into: &report) { row throws(MariaDBError) in
        try EncodedGroupResult(sqlAlchemy: row, backend.configuration)
      }
      try await bring(groups, dryRun: dryRun, into: &report)
      progress(report)
    }
    return report
  }

  /// Reads a table in portions by id.
  private func walk(
    _ statements: SQLAlchemyStatements,
    _ body: ([MariaDBRow]) async throws -> Void
  ) async throws {
    var last: Int64 = .min
    while true {
      try Task.checkCancellation()
      let rows = try await source.query(statements.select(after: last, limit: Self.portion)).rows
      guard let end = rows.last else { return }
      last = try end.decode(Int64.self, named: "id")
      try await body(rows)
    }
  }

  /// Understands rows as far as possible; a row without an id is of nobody.
  private func read<Row>(
    _ rows: [MariaDBRow],
    _ idColumn: String,
    _ counts: WritableKeyPath<SQLAlchemyImportReport, SQLAlchemyImportReport.Counts>,
    into report: inout SQLAlchemyImportReport,
    _ make: (MariaDBRow) throws(MariaDBError) -> Row
  ) -> [Row] {
    report[keyPath: counts].read += rows.count
    return rows.compactMap { row in
      let id = try? row.decode(String?.self, named: idColumn)
      if id == .some(nil) {
        report[keyPath: counts].withoutID += 1
        return nil
      }
      do throws(MariaDBError) {
        return try make(row)
      } catch {
        report[keyPath: counts].failed += 1
        report.add(.init(id: TaskID((id ?? nil) ?? "?"), reason: error.description))
        return nil
      }
    }
  }

  private func columns(of table: String) async throws -> Set<String> {
    let rows = try await source.query(
      "SELECT column_name FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name = \(table)"
    ).rows
    return Set(try rows.map { try $0.decode(String.self, at: 0) })
  }

  private func count(_ table: String) async throws -> Int {
    let statement: SQLStatement = "SELECT COUNT(*) FROM \(identifier: table)"
    return try await source.query(statement).rows[0].decode(Int.self, at: 0)
  }
}
