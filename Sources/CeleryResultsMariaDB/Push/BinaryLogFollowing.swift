import Dispatch
import Logging
import MariaDBClient
import ResultSchema

/// What the follower's thread does.
struct BinaryLogFollowing: Sendable {
  /// The table was altered, or is not what the catalogue said: its columns are to be looked at again.
  private struct TableChanged: Error, Equatable {
    /// How many columns the log shows, and the catalogue did; nil for a statement that may have altered it.
    var columnCounts: [Int]?
  }

  private let configuration: MariaDBConnection.Configuration
  private let stopping: BinaryLogStop
  private let pause: DispatchSemaphore
  private let changes: RepeatedChanges
  private let logger: Logger

  /// Prepares to follow.
  ///
  /// - Parameters:
  ///   - configuration: Where the log is.
  ///   - stopping: Ends the waiting for the server.
  ///   - pause: Is signalled to end the pause between two tries.
  ///   - changes: Gets what is told.
  ///   - logger: Is told what keeps the log from being followed.
  init(
    _ configuration: MariaDBConnection.Configuration,
    stopping: BinaryLogStop,
    pause: DispatchSemaphore,
    changes: RepeatedChanges,
    logger: Logger
  ) {
    var configuration = configuration
    configuration.programName = "celery-results"
    self.configuration = configuration
    self.stopping = stopping
    self.pause = pause
    self.changes = changes
    self.logger = logger
  }

  /// Follows the log until it is stopped; where it cannot be followed it looks now and then whether it can.
  func run() {
    var tries = FollowingTries()
    var news = FollowingNews()
    var mismatches: [TableChanged] = []
    while !stopping.isStopped {
      var hasBegun = false
      do {
        try follow {
          hasBegun = true
          tries.hasBegun()
          if news.hasBegun() {
            logger.notice("the binary log is followed now, and results are polled no longer")
          }
          changes.tell(.began)
        }
      } catch {
        if hasBegun { changes.tell(.ended) }
        guard !stopping.isStopped else { return }
        let seconds: Double
        if let refusal = error as? PushRefusal ?? PushRefusal(error) ?? refusal(error, after: &mismatches) {
          if news.isNew(refusal) {
            logger.warning("results are polled, because the binary log cannot be followed: \(refusal)")
          }
          seconds = tries.pause(afterRefusal: .now)
        } else {
          if !(error is TableChanged), news.isNewFailure() {
            logger.notice("the binary log is not followed for now, and results are polled: \(error)")
          }
          seconds = tries.pause(afterFailure: .now)
        }
        _ = pause.wait(timeout: .now() + seconds)
      }
    }
  }

  /// Follows the log from its end; ends only with an error.
  private func follow(_ hasBegun: () -> Void) throws {
    let reader = try BinaryLogReader(configuration, stop: stopping)
    defer { reader.close() }
    do {
      try follow(reader, hasBegun)
    } catch let error as MariaDBError where error.code == .accessDenied {
      // The log-in succeeded: the user is known.
      throw PushRefusal(missingPrivilege: error)
    }
  }

  private func follow(_ reader: BinaryLogReader, _ hasBegun: () -> Void) throws {
    let source = try BinaryLogSource(reader)
    try reader.begin(at: source.position, source.selection)
    var rows = PushedRows(isUTF8: source.isUTF8)
    // The server may still refuse: it answers with its first event.
    var event = try reader.next()
    hasBegun()
    while true {
      switch event {
      case .rows(let written):
        rows.append(written)
        if rows.isFull { tell(&rows) }
      case .unreadableRows:
        throw PushRefusal("it has the rows of \(CeleryTables.taskResultName) in a form that is not known")
      case .tableChanged(let columnCount):
        throw TableChanged(columnCounts: [columnCount, source.selection.columnCount])
      case .statement(let statement):
        if try concerns(statement) { rows.appendUnknown() }
        tell(&rows)
      case .transactionEnd, .heartbeat:
        tell(&rows)
      case .other: break
      }
      event = try reader.next()
    }
  }

  private func tell(_ rows: inout PushedRows) {
    if let change = rows.take() { changes.tell(change) }
  }

  /// Whether a statement writes to the table, which a session may do that logs statements.
  ///
  /// - Throws: ``TableChanged`` when it may alter the table.
  private func concerns(_ statement: BinaryLogStatement) throws -> Bool {
    let sql = statement.sql.lowercased()
    guard sql.contains(CeleryTables.taskResultName) else { return false }
    guard ["insert", "update", "replace", "delete"].contains(where: sql.hasPrefix) else {
      throw TableChanged()
    }
    return true
  }

  /// A server may show columns in the log that it hides in the catalogue: then asking again does not help.
  private func refusal(_ error: any Error, after mismatches: inout [TableChanged]) -> PushRefusal? {
    guard let change = error as? TableChanged, let counts = change.columnCounts else { return nil }
    if mismatches.last != change { mismatches = [] }
    guard mismatches.count == 3 else {
      mismatches.append(change)
      return nil
    }
    return PushRefusal(
      "it shows \(counts[0]) columns of \(CeleryTables.taskResultName), and the catalogue \(counts[1])"
    )
  }
}
