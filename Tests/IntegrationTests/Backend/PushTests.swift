import CeleryResults
import MariaDBClient
import Synchronization
import TestSupport
import Testing

@testable import CeleryResultsMariaDB

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct PushTests {
  /// A server with a binary log, and a database with the tables on it.
  private func withLog(
    _ name: String,
    _ body: (PrivateServer, ThrowawayDatabase) async throws -> Void
  ) async throws {
    var options = ["--server-id=7", "--max-allowed-packet=64M"]
    if name.hasPrefix("mariadb") { options += ["--log-bin", "--binlog-format=ROW"] }
    try await PrivateServer.with(name, options: options) { server in
      try await ThrowawayDatabase.withTables(on: server.server) { try await body(server, $0) }
    }
  }

  private static let insert =
    "INSERT INTO django_celery_results_taskresult (task_id, status, content_type, content_encoding, date_done, "
    + "date_created, traceback, meta, task_args, task_kwargs, task_name, worker, result) "

  private static func values(_ id: String, _ status: String, result: String = "'1'") -> String {
    "('\(id)', '\(status)', 'application/json', 'utf-8', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), "
      + "NULL, NULL, NULL, NULL, NULL, NULL, \(result))"
  }

  private func run(_ sql: [String], on database: ThrowawayDatabase) async throws {
    try await database.client.run { handle in
      for statement in sql { try handle.query(text: statement) }
    }
  }

  /// The numbers of the connections that read the binary log.
  private func dumps(_ database: ThrowawayDatabase) async throws -> [Int] {
    let rows = try await database.client.query(
      "SELECT id FROM information_schema.processlist WHERE command LIKE 'Binlog Dump%'"
    ).rows
    return try rows.map { row throws(MariaDBError) in try row.decode(Int.self, at: 0) }
  }

  @Test(arguments: ["mariadb105", "mariadb1011", "mariadb118", "mysql97"])
  func `What becomes ready is told, in whatever statements and transactions it was written`(
    name: String
  ) async throws {
    try await withLog(name) { _, database in
      let push = PushLog(database)
      let backend = database.backend()
      try await push.waitUntilFollowing()

      try await backend.storeResult(PythonValue.null, for: "started", state: .started)
      try await backend.markAsDone("one", result: 1)
      try await push.wait { $0.ids == ["one"] }
      try await backend.markAsDone("started", result: 2)
      try await push.wait { $0.ids == ["one", "started"] }

      let several = [Self.values("a", "FAILURE"), Self.values("b", "STARTED"), Self.values("c", "REVOKED")]
      try await run([Self.insert + "VALUES " + several.joined(separator: ", ")], on: database)
      try await push.wait { $0.ids.suffix(2) == ["a", "c"] }

      try await run(
        ["BEGIN", Self.insert + "VALUES " + Self.values("undone", "SUCCESS"), "ROLLBACK"]
          + ["BEGIN"]
          + (0..<100).map { first in
            Self.insert + "VALUES "
              + (0..<100).map { Self.values("many-\(first * 100 + $0)", "SUCCESS") }.joined(separator: ", ")
          } + ["COMMIT", "FLUSH BINARY LOGS"],
        on: database
      )
      try await backend.markAsDone("after the rotation", result: 3)
      try await push.wait { $0.ids.last == "after the rotation" }
      #expect(
        Set(push.ids.dropFirst(4)) == Set((0..<10_000).map { TaskID("many-\($0)") } + ["after the rotation"])
      )

      // More than a packet of the protocol holds.
      try await run(
        [Self.insert + "VALUES " + Self.values("large", "SUCCESS", result: "REPEAT('x', 20000000)")],
        on: database
      )
      try await push.wait { $0.ids.last == "large" }

      try await run(
        ["DELETE FROM django_celery_results_taskresult WHERE task_id LIKE 'many-%'"],
        on: database
      )
      try await backend.markAsDone("last", result: 3)
      try await push.wait { $0.ids.last == "last" }
      #expect(push.count(.began) == 1)
      #expect(push.count(.anything) == 0)
      #expect(push.count(.ended) == 0)
      #expect(push.messages == [])
      await push.stop()
      await backend.shutDown()
    }
  }

  @Test(arguments: ["mariadb1011", "mysql97"])
  func `After a lost connection, an altered table and a restart it goes on`(name: String) async throws {
    try await withLog(name) { server, database in
      let push = PushLog(database)
      let backend = database.backend()
      try await push.waitUntilFollowing()

      let dump = try #require(try await dumps(database).first)
      try await run(["KILL \(dump)"], on: database)
      try await push.waitUntilFollowing(2)
      try await backend.markAsDone("after the kill", result: 1)
      try await push.wait { $0.ids.last == "after the kill" }

      try await run(
        ["ALTER TABLE django_celery_results_taskresult ADD COLUMN mine VARCHAR(10) NULL AFTER id"],
        on: database
      )
      try await backend.markAsDone("altered", result: 1)
      // It may come before the follower looks again: then all are looked at.
      try await push.waitUntilFollowing(3)
      try await backend.markAsDone("after the change", result: 1)
      try await push.wait { $0.ids.contains("after the change") }

      try await server.kill()
      try await push.wait { $0.count(.ended) == 3 }
      try await server.start()
      try await push.waitUntilFollowing(4)
      try await backend.markAsDone("after the restart", result: 1)
      try await push.wait { $0.ids.contains("after the restart") }
      #expect(push.messages.count % 2 == 0)
      #expect(push.messages.last == "the binary log is followed now, and results are polled no longer")

      await push.stop()
      #expect(push.changes.last == .ended)
      // The server notices a connection's end in its own time.
      while try await !dumps(database).isEmpty {
        try await backend.markAsDone("unseen", result: 1)
        try await Task.sleep(for: .milliseconds(20))
      }
      #expect(!push.ids.contains("unseen"))
      await backend.shutDown()
    }
  }

  @Test(arguments: ["mariadb1011", "mysql97"])
  func `What a session logs in another way makes all be looked at`(name: String) async throws {
    try await withLog(name) { _, database in
      try await run([Self.insert + "VALUES " + Self.values("one", "STARTED")], on: database)
      let push = PushLog(database)
      try await push.waitUntilFollowing()
      let update = "UPDATE django_celery_results_taskresult SET status = "
      try await run(["SET SESSION binlog_row_image = 'NOBLOB'", update + "'FAILURE'"], on: database)
      try await push.wait { $0.ids == ["one"] }
      try await run(["SET SESSION binlog_row_image = 'MINIMAL'", update + "'SUCCESS'"], on: database)
      try await push.wait { $0.count(.anything) == 1 }
      // Under READ COMMITTED InnoDB refuses to log statements.
      try await run(
        [
          "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
          "SET SESSION binlog_format = 'STATEMENT'",
          update + "'REVOKED'",
        ],
        on: database
      )
      try await push.wait { $0.count(.anything) == 2 }
      #expect(push.ids == ["one"])

      if name == "mysql97" {
        try await run(
          ["SET SESSION binlog_transaction_compression = ON", update + "'SUCCESS'"],
          on: database
        )
        try await push.wait { $0.count(.ended) == 1 }
        try await push.wait { $0.messages.first?.contains("compressed transactions") == true }
      }
      await push.stop()
    }
  }

  @Test(arguments: ["mariadb1011", "mysql97"])
  func `Where the log cannot be followed it is said once, and why`(name: String) async throws {
    try await withLog(name) { _, database in
      var reasons: [[String]] = [
        ["SET GLOBAL binlog_row_image = MINIMAL", "SET GLOBAL binlog_row_image = FULL"]
      ]
      reasons.append(["SET GLOBAL binlog_format = MIXED", "SET GLOBAL binlog_format = ROW"])
      if name == "mysql97" {
        reasons.append(
          [
            "SET GLOBAL binlog_transaction_compression = ON",
            "SET GLOBAL binlog_transaction_compression = OFF",
          ]
        )
      }
      for (reason, name) in zip(
        reasons,
        ["binlog_row_image", "binlog_format", "binlog_transaction_compression"]
      ) {
        try await run([reason[0]], on: database)
        let push = PushLog(database)
        try await push.wait { $0.messages.last?.contains(name) == true }
        await push.stop()
        #expect(push.messages.count == 1)
        #expect(push.changes == [])
        try await run([reason[1]], on: database)
      }

      try await run(
        ["CREATE USER 'reader'@'%' IDENTIFIED BY 'secret'", "GRANT ALL ON *.* TO 'reader'@'%'"],
        on: database
      )
      for privilege in ["REPLICATION CLIENT", "REPLICATION SLAVE"] {
        try await run(["REVOKE \(privilege) ON *.* FROM 'reader'@'%'"], on: database)
        try await run(["REVOKE SUPER ON *.* FROM 'reader'@'%'"], on: database)
        var configuration = database.configuration
        configuration.username = "reader"
        configuration.password = "secret"
        let push = PushLog(configuration)
        try await push.wait {
          $0.messages.last?.contains("GRANT REPLICATION SLAVE, REPLICATION CLIENT") == true
        }
        await push.stop()
        #expect(push.messages.count == 1)
        #expect(push.changes == [])
        try await run(["GRANT \(privilege) ON *.* TO 'reader'@'%'"], on: database)
      }
    }
  }

  /// How often somebody has connected to the server.
  private func connectionCount(_ database: ThrowawayDatabase) async throws -> Int {
    let rows = try await database.client.query("SHOW GLOBAL STATUS LIKE 'Connections'").rows
    return try Int(rows[0].decode(String.self, at: 1)) ?? 0
  }

  @Test(arguments: ["mariadb1011", "mysql97"])
  func `What kept the log from being followed is said once, and when it is gone the log is followed`(
    name: String
  ) async throws {
    try await withLog(name) { _, database in
      try await run(
        [
          "SET GLOBAL binlog_row_image = MINIMAL", "CREATE USER 'reader'@'%' IDENTIFIED BY 'secret'",
          "GRANT ALL ON \(database.configuration.database ?? "").* TO 'reader'@'%'",
        ],
        on: database
      )
      var configuration = database.configuration
      configuration.username = "reader"
      configuration.password = "secret"
      let push = PushLog(configuration)
      try await push.wait { $0.messages.last?.contains("binlog_row_image is MINIMAL") == true }
      let before = try await connectionCount(database)
      while try await connectionCount(database) < before + 2 { try await Task.sleep(for: .milliseconds(20)) }
      #expect(push.messages.count == 1)

      try await run(["SET GLOBAL binlog_row_image = FULL"], on: database)
      try await push.wait { $0.messages.last?.contains("REPLICATION SLAVE") == true }
      #expect(push.messages.count == 2)
      #expect(push.changes == [])

      try await run(["GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* TO 'reader'@'%'"], on: database)
      try await push.waitUntilFollowing()
      #expect(
        push.messages.dropFirst(2) == ["the binary log is followed now, and results are polled no longer"]
      )
      let backend = database.backend()
      try await backend.markAsDone("one", result: 1)
      try await push.wait { $0.ids == ["one"] }
      await push.stop()
      await backend.shutDown()
    }
  }

  @Test(arguments: ["mariadb1011", "mysql97"])
  func `Who waits for a result that another process stores is told, with no question in between`(
    name: String
  ) async throws {
    try await withLog(name) { _, database in
      let waiting = DatabaseBackend(client: .init(database.configuration), followsBinaryLog: true)
      let ids = (0..<200).map { TaskID("task-\($0)") }
      let results = Task {
        try await withThrowingTaskGroup(of: TaskResult.self) { group in
          for id in ids { group.addTask { try await waiting.waitUntilReady(id, deadline: nil) } }
          return try await group.reduce(into: Set<TaskID>()) { $0.insert($1.id) }
        }
      }
      while waiting.poller.state.withLock({ !$0.tasks.schedule.isPushed || $0.tasks.waiterCount < ids.count })
      {
        try await Task.sleep(for: .milliseconds(5))
      }
      // From here on nothing is asked but for what was pushed.
      waiting.poller.state.withLock { state in
        state.tasks.schedule.nextPoll = nil
        state.tasks.schedule.nextPiece = nil
      }
      let storing = database.backend()
      for id in ids { try await storing.markAsDone(id, result: 1) }
      #expect(try await results.value == Set(ids))
      await waiting.shutDown()
      await storing.shutDown()
    }
  }

  @Test func `A server without a binary log is said to have none`() async throws {
    try await ThrowawayDatabase.withTables(on: TestServer.mariadb1011) { database in
      let push = PushLog(database)
      try await push.wait { $0.messages.last?.contains("log_bin is off") == true }
      await push.stop()
      #expect(push.changes == [])
    }
  }

  @Test func `It ends at once while no server is there`() async throws {
    let push = PushLog(.init(host: "127.0.0.1", port: 1, username: "celery"))
    try await push.wait { !$0.messages.isEmpty }
    await push.stop()
    #expect(push.changes == [])
    #expect(push.messages.count == 1)
  }
}
