import CeleryResults
import CeleryResultsMariaDB
import Logging
import MariaDBClient
import ResultSchema
import SchemaMigrations
import TestSupport
import Testing

/// The backend on tables that older releases have made.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct LevelTests {
  static let levels = CeleryMigration.allCases.filter { $0 >= .auto20181106 }

  @Test(arguments: TestServer.all, levels)
  func `On tables of every level results are stored, protected, read, listed and cleaned up`(
    server: TestServer,
    level: CeleryMigration
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      _ = try await Migrator(connection: database.configuration, options: .init(level: level)).migrate()
      let log = CollectedLog()
      let backend = DatabaseBackend(
        client: .init(database.configuration),
        configuration: .init(resultExtended: true),
        logger: log.logger(.warning)
      )
      let request = TaskRequest(
        name: "proj.add",
        args: [2],
        worker: "celery@h",
        periodicTaskName: "nightly",
        children: ["c"]
      )
      try await backend.markAsStarted("t", request: request)
      try await backend.markAsDone("t", result: 42)
      try await backend.markAsRetry("t", request: TaskRequest(name: "late", worker: "late"))
      let meta = try await backend.taskMeta(for: "t")
      #expect(meta.state == .success)
      #expect(try meta.result == 42)
      #expect(try meta.children == ["c"])
      #expect(meta.name == (level >= .addTaskNameArgsKwargs ? "proj.add" : nil))
      #expect(meta.args == (level >= .addTaskNameArgsKwargs ? "(2,)" : nil))
      #expect(meta.worker == (level >= .taskResultWorker ? "celery@h" : nil))
      #expect(meta.periodicTaskName == (level >= .taskResultPeriodicTaskName ? "nightly" : nil))
      #expect((meta.dateCreated != nil) == (level >= .taskResultDateCreated))
      #expect((meta.dateStarted != nil) == (level >= .taskResultDateStarted))
      #expect(meta.dateDone != nil)
      #expect(try await backend.listResults(matching: .init()).results.map(\.id) == ["t"])

      let policy = CleanupPolicy(
        .after(.zero),
        states: [.failure: .never],
        taskNames: ["proj.*": .after(.seconds(3_600))]
      )
      // Where there are no names, no rule for a name fits.
      let tasks = level >= .addTaskNameArgsKwargs ? 0 : 1
      #expect(try await backend.cleanup(policy) == CleanupResult(tasks: tasks))
      try await backend.forget("t")
      #expect(try await backend.taskMeta(for: "t").state == .pending)
      await backend.shutDown()

      // What the level lacks is said once.
      guard level < .taskResultDateStarted else {
        #expect(log.messages == [])
        return
      }
      #expect(log.messages.count == 1)
      let message = log.messages.first ?? ""
      #expect(message.contains("date_started"))
      #expect(message.contains("worker") == (level < .taskResultWorker))
      #expect(message.contains(CeleryTables.groupResultName) == (level < .groupResult))
      #expect(message.contains(CeleryTables.chordCounterName) == (level < .chordCounter))
      #expect(message.contains("level") && message.contains("celery-results migrate"))
    }
  }
}
