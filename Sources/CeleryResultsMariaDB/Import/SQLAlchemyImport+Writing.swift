import CeleryResults
import MariaDBClient

extension SQLAlchemyImport {
  func bring(
    _ results: [EncodedTaskResult],
    dryRun: Bool,
    into report: inout SQLAlchemyImportReport
  ) async throws {
    let stored = results.filter(\.state.isStored)
    report.tasks.notStored += results.count - stored.count
    var outcome = try await bring(stored, dryRun: dryRun) { $0.taskResults }
    for result in outcome.outdated { try await update(result, dryRun: dryRun, &outcome) }
    outcome.add(to: &report.tasks)
    for failure in outcome.failures { report.add(failure) }
  }

  func bring(
    _ groups: [EncodedGroupResult],
    dryRun: Bool,
    into report: inout SQLAlchemyImportReport
  ) async throws {
    let outcome = try await bring(groups, dryRun: dryRun) { $0.groupResults }
    if outcome.lacksTable { report.lacksGroupTable = true }
    outcome.add(to: &report.groups)
    for failure in outcome.failures { report.add(failure) }
  }

  /// Stores a result over one that was not ready, as every store does: SUCCESS stays.
  private func update(
    _ result: EncodedTaskResult,
    dryRun: Bool,
    _ outcome: inout Outcome<EncodedTaskResult>
  ) async throws {
    var result = result
    // Celery's own tables know no children, and what is known of them stays.
    result.hasRequest = false
    do {
      if !dryRun { try await backend.store(result) }
      outcome.updated += 1
    } catch {
      outcome.failures.append(.init(id: result.id, reason: try Self.reason(error)))
    }
  }

  private struct Outcome<Row: ImportedRow>: Sendable {
    var imported = 0
    var existing = 0
    var updated = 0
    var keptAsPickle = 0
    var failures: [SQLAlchemyImportReport.Failure] = []
    /// Those that are there as they were before they were ready.
    var outdated: [Row] = []
    var lacksTable = false

    func add(to counts: inout SQLAlchemyImportReport.Counts) {
      counts.imported += imported
      counts.existing += existing
      counts.updated += updated
      counts.keptAsPickle += keptAsPickle
      counts.failed += failures.count
    }
  }

  /// Writes a portion in one transaction: those that are not there, and that fit.
  private func bring<Row: ImportedRow>(
    _ rows: [Row],
    dryRun: Bool,
    _ table: @Sendable (Catalog) -> TableColumns?
  ) async throws -> Outcome<Row> {
    guard !rows.isEmpty else { return Outcome() }
    let serializer = backend.configuration.resultSerializer
    return try await backend.withCatalog { handle, catalog in
      var outcome = Outcome<Row>()
      guard let columns = table(catalog) else {
        outcome.lacksTable = true
        return outcome
      }
      return try handle.withTransaction { handle in
        let stored = try Self.stored(rows.map(\.id), as: Row.self, isComplete: dryRun, on: handle)
        for row in rows {
          if let stored = stored[row.id] {
            if try row.isNewer(than: stored) { outcome.outdated.append(row) } else { outcome.existing += 1 }
            continue
          }
          do {
            let statement = row.insert(columns)
            try row.check(columns)
            guard statement.executionByteCount <= catalog.maxAllowedPacket else {
              throw ResultError.resultTooLarge(
                size: statement.executionByteCount,
                limit: catalog.maxAllowedPacket,
                taskID: row.id
              )
            }
            // To the server the id may be one that is there, whatever it is here: then nothing is changed.
            if !dryRun, try handle.query(statement).affectedRows == 0 {
              outcome.existing += 1
              continue
            }
            outcome.imported += 1
            if row.contentType == .pickle && serializer != .pickle { outcome.keptAsPickle += 1 }
          } catch {
            outcome.failures.append(.init(id: row.id, reason: try Self.reason(error)))
          }
        }
        return outcome
      }
    }
  }

  /// Reads which of some ids are there.
  ///
  /// - Parameter isComplete: Whether to find those as well that only the server takes for one of these.
  private static func stored<Row: ImportedRow>(
    _ ids: [TaskID],
    as type: Row.Type,
    isComplete: Bool,
    on handle: ConnectionHandle
  ) throws -> [TaskID: MariaDBRow] {
    var stored: [TaskID: MariaDBRow] = [:]
    for row in try handle.query(Row.existing(ids)).rows {
      stored[TaskID(try row.decode(named: Row.idColumn))] = row
    }
    guard isComplete, !Set(stored.keys).isSubset(of: ids) else { return stored }
    for id in ids where stored[id] == nil {
      stored[id] = try handle.query(Row.existing([id])).rows.first
    }
    return stored
  }

  /// Why the server has refused a row; the statement is undone, and the transaction goes on.
  ///
  /// - Throws: Any error that is not of the row alone.
  private static func reason(_ error: any Error) throws -> String {
    switch error {
    case let error as ResultError: return error.message
    case let error as MariaDBError where error.isOfOneRow: return error.description
    default: throw error
    }
  }
}

extension MariaDBError {
  /// Whether it is because of the values of one row.
  ///
  /// A data exception or a broken constraint by its SQLSTATE; text that the column's character set does not have
  /// (1366, and 3988 of MySQL for a parameter), which MySQL gives no such state; a CHECK (3819); a trigger's own
  /// refusal (1644).
  fileprivate var isOfOneRow: Bool {
    if let errno, [1366, 1644, 3819, 3988].contains(errno) { return true }
    // A new column that needs a value concerns all rows.
    guard code != .columnNeedsValue, let state = sqlState?.prefix(2) else { return false }
    return state == "22" || state == "23"
  }
}
