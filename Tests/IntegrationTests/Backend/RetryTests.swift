#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import Logging
import MariaDBClient
import ResultSchema
import SchemaMigrations
import TestSupport
import Testing

@testable import CeleryResultsMariaDB

/// What passes is tried again: real servers that die, refuse and block.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct RetryTests {
  /// However slow the machine is.
  static let patient = RetryPolicy(maxSleepBetweenRetries: .milliseconds(200), timeLimit: nil)

  private func backend(
    _ connection: MariaDBConnection.Configuration,
    policy: RetryPolicy = patient,
    maximumConnections: Int = 4,
    log: CollectedLog = CollectedLog()
  ) -> DatabaseBackend {
    var pool = PoolConfiguration(maximumConnections: maximumConnections)
    pool.acquireTimeout = .seconds(600)
    return DatabaseBackend(
      client: .init(connection, pool: pool),
      configuration: .init(retryPolicy: policy),
      logger: log.logger()
    )
  }

  /// Runs a test on a server of its own that has the tables, as a user who may only store: `read_only` does not bind
  /// an administrator.
  ///
  /// - Parameter body: Is given that user's configuration, and an administrator's connection.
  private func withStoringUser(
    on name: String,
    options: [String] = [],
    _ body: (MariaDBConnection.Configuration, MariaDBConnection) async throws -> Void
  ) async throws {
    try await PrivateServer.with(name, options: options) { server in
      _ = try await Migrator(connection: server.configuration).migrate()
      let administrator = try await MariaDBConnection.connect(server.configuration)
      try await administrator.run { handle in
        try handle.query(text: "CREATE USER 'storing'@'127.0.0.1' IDENTIFIED BY 'secret'")
        try handle.query(text: "GRANT SELECT, INSERT, UPDATE, DELETE ON celery.* TO 'storing'@'127.0.0.1'")
      }
      var user = server.configuration
      user.username = "storing"
      user.password = "secret"
      try await body(user, administrator)
      await administrator.close()
    }
  }

  /// Waits until something was tried again.
  private func untilRetried(_ log: CollectedLog, times: Int = 1) async throws {
    while log.messages.count(where: { $0 == "trying again" }) < times {
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  @Test(arguments: TestServer.oneOfEach.map(\.name))
  func `A server that is killed under stores and comes back has them all`(name: String) async throws {
    try await PrivateServer.with(name) { server in
      _ = try await Migrator(connection: server.configuration).migrate()
      let log = CollectedLog()
      let backend = backend(server.configuration, log: log)
      let (count, storers) = (100, 4)
      try await withThrowingTaskGroup(of: Void.self) { group in
        for storer in 0..<storers {
          group.addTask {
            for number in 0..<count {
              try await backend.markAsDone(TaskID("\(storer)-\(number)"), result: number)
              // Whatever is acknowledged is there, also after the crash.
              if number == 10 { _ = try await backend.taskMeta(for: TaskID("\(storer)-0")) }
            }
          }
        }
        try await backend.markAsDone("first", result: 0)
        try await server.kill()
        try await self.untilRetried(log)
        try await server.start()
        try await group.waitForAll()
      }
      let ids = (0..<storers).flatMap { storer in (0..<count).map { TaskID("\(storer)-\($0)") } }
      let metas = try await backend.taskMeta(for: ids)
      #expect(metas.allSatisfy { $0.state == .success })
      let rows = try await backend.client.query(
        "SELECT COUNT(*) FROM \(identifier: CeleryTables.taskResultName)"
      ).rows[0]
      #expect(try rows.decode(Int.self, at: 0) == ids.count + 1)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach.map(\.name))
  func `A store waits for a read-only server on new connections, and without retries is refused`(
    name: String
  ) async throws {
    try await withStoringUser(on: name) { user, administrator in
      let log = CollectedLog()
      let backend = backend(user, maximumConnections: 1, log: log)
      let hasty = self.backend(user, policy: .none)
      try await backend.markAsDone("before", result: 1)
      let connection = try await backend.client.query("SELECT CONNECTION_ID()").rows[0].values

      try await administrator.query("SET GLOBAL read_only = 1")
      let error = await #expect(throws: MariaDBError.self) { try await hasty.markAsDone("t", result: 1) }
      #expect(error?.errno == 1290)
      // What reads goes on.
      #expect(try await hasty.taskMeta(for: "before").state == .success)
      let storing = Task { try await backend.markAsDone("t", result: 2) }
      try await untilRetried(log, times: 3)
      try await administrator.query("SET GLOBAL read_only = 0")
      try await storing.value
      #expect(try await backend.taskMeta(for: "t").result == 2)
      // The connection that was refused went to a server whose turn it may not be any more.
      #expect(try await backend.client.query("SELECT CONNECTION_ID()").rows[0].values != connection)
      await backend.shutDown()
      await hasty.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach.map(\.name))
  func `A batch that a read-only server refuses goes to a new connection each time, too`(
    name: String
  ) async throws {
    try await withStoringUser(on: name) { user, administrator in
      let log = CollectedLog()
      let backend = DatabaseBackend(
        client: .init(user, pool: PoolConfiguration(maximumConnections: 3)),
        configuration: .init(retryPolicy: Self.patient),
        logger: log.logger(.debug)
      )
      try await backend.markAsDone("before", result: 1)
      try await administrator.query("SET GLOBAL read_only = 1")
      // Two connections stay with theirs; after a while those that wait behind them go together, on the third one.
      let ids = (0..<12).map { TaskID("task-\($0)") }
      let storing = ids.map { id in Task { try await backend.markAsDone(id, result: 1) } }
      try await Task.sleep(for: BatchStateMachine<StoreCall>.patience * 2)
      let last = Task { try await backend.markAsDone("last", result: 1) }
      try await untilRetried(log, times: 40)
      let messages = log.messages
      let retries = messages.count { $0 == "trying again" }
      #expect(messages.count { $0 == "opened a connection" } >= retries - 3)
      try await administrator.query("SET GLOBAL read_only = 0")
      for task in storing + [last] { try await task.value }
      #expect(try await backend.taskMeta(for: ids).allSatisfy { $0.state == .success })
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach.map(\.name))
  func `A row that is locked for long and a server without a free connection are waited for`(
    name: String
  ) async throws {
    let options = ["--max-connections=10", "--innodb-lock-wait-timeout=1"]
    try await withStoringUser(on: name, options: options) { user, _ in
      let log = CollectedLog()
      let backend = backend(user, maximumConnections: 1, log: log)
      try await backend.markAsStarted("t")
      let other = try await MariaDBConnection.connect(user)
      let storing = try await other.withTransaction { other in
        try await other.query(
          "SELECT id FROM \(identifier: CeleryTables.taskResultName) WHERE task_id = 't' FOR UPDATE"
        )
        let storing = Task { try await backend.markAsDone("t", result: 1) }
        try await untilRetried(log)
        return storing
      }
      try await storing.value
      #expect(try await backend.taskMeta(for: "t").result == 1)
      await backend.shutDown()

      var taken: [MariaDBConnection] = [other]
      let refused = await #expect(throws: MariaDBError.self) {
        while true { taken.append(try await MariaDBConnection.connect(user)) }
      }
      #expect(refused?.errno == 1040)
      let (lateLog, before) = (CollectedLog(), taken.count)
      let late = self.backend(user, maximumConnections: 1, log: lateLog)
      let storingLate = Task { try await late.markAsDone("late", result: 1) }
      try await untilRetried(lateLog)
      #expect(before > 1)
      for connection in taken { await connection.close() }
      try await storingLate.value
      await late.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `A store whose connection is killed is done on another one`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let log = CollectedLog()
      let backend = backend(database.configuration, maximumConnections: 1, log: log)
      try await backend.markAsStarted("t")
      let victim = try await backend.client.query("SELECT CONNECTION_ID()").rows[0].decode(Int.self, at: 0)
      let storing = try await database.client.withTransaction { other in
        try await other.query(
          "SELECT id FROM \(identifier: CeleryTables.taskResultName) WHERE task_id = 't' FOR UPDATE"
        )
        let storing = Task { try await backend.markAsDone("t", result: 1) }
        while try await database.client.query(
          "SELECT 1 FROM information_schema.processlist WHERE id = \(victim) AND info LIKE 'INSERT%'"
        ).rows.isEmpty {
          try await Task.sleep(for: .milliseconds(5))
        }
        try await database.client.query("KILL \(unescaped: "\(victim)")")
        try await untilRetried(log)
        return storing
      }
      try await storing.value
      #expect(try await backend.taskMeta(for: "t").result == 1)
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.all)
  func `The victim of a deadlock is done once more, also what may not be done twice`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let log = CollectedLog()
      let backend = backend(database.configuration, log: log)
      for id in ["a", "b"] { try await backend.store(Self.counter(id)) }
      let gate = Gate()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for order in [["a", "b"], ["b", "a"]] {
          group.addTask {
            try await backend.retrying(.nothingDone) {
              try await backend.client.withTransaction { connection in
                try await connection.query(Self.count(order[0]))
                await gate.pass()
                try await connection.query(Self.count(order[1]))
              }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(log.messages.count { $0 == "trying again" } >= 1)
      let metas = try await backend.taskMeta(for: ["a", "b"])
      #expect(try metas.map { try $0.result } == [2, 2])
      await backend.shutDown()
    }
  }

  private static func counter(_ id: String) -> EncodedTaskResult {
    var result = EncodedTaskResult(id: TaskID(id), state: "COUNTING")
    result.result = "0"
    (result.dateDone, result.dateCreated) = (.distantPast + 1e11, .distantPast + 1e11)
    return result
  }

  private static func count(_ id: String) -> SQLStatement {
    "UPDATE \(identifier: CeleryTables.taskResultName) SET result = result + 1 WHERE task_id = \(id)"
  }

  /// Lets nobody pass before the second one has come.
  actor Gate {
    private var waiter: CheckedContinuation<Void, Never>?
    private var isOpen = false

    func pass() async {
      guard !isOpen else { return }
      if let waiter {
        isOpen = true
        waiter.resume()
      } else {
        await withCheckedContinuation { waiter = $0 }
      }
    }
  }
}
