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
    let outcome = try await bring(stored, dryRun: dryRun) { $0.taskResults }
    outcome.add(to: &report.tasks, of: results.count)
    for failure in outcome.failures { report.add(failure) }
  }

  func bring(
    _ groups: [EncodedGroupResult],
    dryRun: Bool,
    into report: inout SQLAlchemyImportReport
  ) async throws {
    let outcome = try await bring(groups, dryRun: dryRun) { $0.groupResults }
    report.lacksGroupTable = outcome.lacksTable
    outcome.add(to: &report.groups, of: groups.count)
    for failure in outcome.failures { report.add(failure) }
  }

  private struct Outcome: Sendable {
    var imported = 0
    var existing = 0
    var keptAsPickle = 0
    var failures: [SQLAlchemyImportReport.Failure] = []
    var lacksTable = false

    func add(to counts: inout SQLAlchemyImportReport.Counts, of read: Int) {
      counts.read += read
      counts.imported += imported
      counts.existing += existing
      counts.keptAsPickle += keptAsPickle
      counts.failed += failures.count
    }
  }

  /// Writes a portion in one transaction: those that are not there, and that fit.
  private func bring<Row: ImportedRow>(
    _ rows: [Row],
    dryRun: Bool,
    _ table: @Sendable (Catalog) -> TableColumns?
  ) async throws -> Outcome {
    guard !rows.isEmpty else { return Outcome() }
    let serializer = backend.configuration.resultSerializer
    return try await backend.withCatalog { handle, catalog in
      var outcome = Outcome()
      guard let columns = table(catalog) else {
        outcome.lacksTable = true
        return outcome
      }
      return try handle.withTransaction { handle in
        let found = try handle.query(Row.existing(rows.map(\.id))).rows
        // As the server compares ids, so that one in other letters counts as there.
        let existing = Set(try found.map { try $0.decode(String.self, at: 0).lowercased() })
        for row in rows {
          guard !existing.contains(row.id.rawValue.lowercased()) else {
            outcome.existing += 1
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
            if !dryRun, try handle.query(statement).affectedRows == 0 {
              outcome.existing += 1
              continue
            }
            outcome.imported += 1
            if row.contentType == .pickle && serializer != .pickle { outcome.keptAsPickle += 1 }
          } catch let error as ResultError {
            outcome.failures.append(.init(id: row.id, reason: error.message))
          }
        }
        return outcome
      }
    }
  }
}
