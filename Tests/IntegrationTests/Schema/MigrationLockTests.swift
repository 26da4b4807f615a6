import MariaDBClient
import ResultSchema
import SchemaMigrations
import Subprocess
import Synchronization
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.isClusterThere, TestServer.missing), .fewAtATime)
struct MigrationLockTests {
  @Test(arguments: MigrationLockPlace.all)
  func `Of eight migrations at once one works, and the others wait and find nothing to do`(
    place: MigrationLockPlace
  ) async throws {
    try await place.withDatabase { database, nodes in
      let reports = try await withThrowingTaskGroup(of: MigrationReport.self) { group in
        for number in 0..<8 {
          let connection = nodes[number % nodes.count].configuration
          group.addTask { try await Migrator(connection: connection).migrate() }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(reports.map(\.tablesMade.count).sorted() == [0, 0, 0, 0, 0, 0, 0, 4])
      #expect(reports.map(\.ledgerRowsWritten).sorted() == [0, 0, 0, 0, 0, 0, 0, 14])
      #expect(
        try await nodes[0].tables() == MigrationLockPlace.tables
      )
    }
  }

  @Test(arguments: MigrationLockPlace.all)
  func `Of eight processes at once one works, and all end well`(place: MigrationLockPlace) async throws {
    try await place.withDatabase { database, nodes in
      let runs = try await withThrowingTaskGroup(of: Tool.Run.self) { group in
        for number in 0..<8 {
          let url = nodes[number % nodes.count].url
          group.addTask { try await Tool(url: url).run("migrate") }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(runs.map(\.code) == Array(repeating: 0, count: 8), "\(runs.map(\.errors))")
      #expect(runs.count { $0.output.contains("made django_celery_results_taskresult\n") } == 1)
      #expect(runs.count { $0.output.hasPrefix("Nothing to do: ") } == 7)
      #expect(
        try await nodes[0].tables() == MigrationLockPlace.tables
      )
    }
  }

  @Test(arguments: MigrationLockPlace.all)
  func `The lock is held by one at a time, and nothing is left of it`(place: MigrationLockPlace) async throws
  {
    try await place.withDatabase { database, nodes in
      let holders = MigrationLockCounter()
      try await withThrowingTaskGroup(of: Void.self) { group in
        for number in 0..<8 {
          let node = nodes[number % nodes.count]
          group.addTask {
            try await node.withConnection { connection in
              try await MigrationLock.with(connection) { lock in
                holders.enter()
                for _ in 0..<3 {
                  try await connection.run { try lock.check($0) }
                  try await Task.sleep(for: .milliseconds(20))
                }
                holders.leave()
              }
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(holders.most == 1)
      #expect(holders.total == 8)
      #expect(try await nodes[0].tables().isEmpty)
    }
  }

  @Test(arguments: MigrationLockPlace.all)
  func `A wait has a limit and says who holds the lock, and the user hears of it meanwhile`(
    place: MigrationLockPlace
  ) async throws {
    try await place.withDatabase { _, nodes in
      let lines = Mutex<[String]>([])
      try await nodes[0].withConnection { holder in
        let id = try await holder.run { $0.connectionID }
        try await MigrationLock.with(holder) { _ in
          let error = await #expect(throws: MigrationError.self) {
            try await nodes[nodes.count - 1].withConnection { connection in
              let options = MigrationLock.Options(timeout: .seconds(2)) { line in
                lines.withLock { $0.append(line) }
              }
              try await MigrationLock.with(connection, options) { _ in }
            }
          }
          let who = "connection \(id)" + (nodes.count > 1 ? " on \(nodes[0].name)" : "") + ", celery@"
          #expect(error?.code == .locked)
          #expect(error?.description.contains(who) == true, "\(error?.description ?? "")")
          #expect(error?.description.contains("within 2 seconds") == true)
          #expect(lines.withLock { $0.count } == 1)
          #expect(lines.withLock { $0.allSatisfy { $0.contains("waiting for another migration (\(who)") } })
        }
      }
    }
  }

  @Test(arguments: TestServer.all)
  func `Without the right to see others' connections the number of the holder's is told`(server: TestServer)
    async throws
  {
    try await ThrowawayDatabase.with(on: server) { database in
      try await ToolUser.with(in: database) { user in
        let holder = try await MariaDBConnection.connect(database.configuration)
        let id = try await holder.run { $0.connectionID }
        try await MigrationLock.with(holder) { _ in
          var configuration = database.configuration
          configuration.username = user.name
          configuration.password = .init(user.password)
          let waiter = try await MariaDBConnection.connect(configuration)
          let error = await #expect(throws: MigrationError.self) {
            try await MigrationLock.with(waiter, .init(timeout: .seconds(1))) { _ in }
          }
          await waiter.close()
          #expect(error?.description.contains("(connection \(id))") == true, "\(error?.description ?? "")")
        }
        await holder.close()
      }
    }
  }

  @Test(arguments: MigrationLockPlace.all)
  func `A wait can be cancelled, and then holds nobody up`(place: MigrationLockPlace) async throws {
    try await place.withDatabase { database, nodes in
      let other = nodes[nodes.count - 1]
      try await nodes[0].withConnection { holder in
        try await MigrationLock.with(holder) { _ in
          let waiting = AsyncStream<Void>.makeStream()
          let options = MigrationLock.Options { _ in waiting.continuation.yield() }
          let waiter = Task {
            defer { waiting.continuation.finish() }
            try await other.withConnection { connection in
              try await MigrationLock.with(connection, options) { _ in }
            }
          }
          for await _ in waiting.stream { break }
          waiter.cancel()
          await #expect(throws: CancellationError.self) { try await waiter.value }
        }
      }
      try await other.withConnection { connection in
        try await MigrationLock.with(connection, .init(timeout: .seconds(1))) { _ in }
      }
      #expect(try await nodes[0].tables().isEmpty)
    }
  }

  @Test(arguments: MigrationLockPlace.all)
  func `A migration that is cancelled lets go of the lock`(place: MigrationLockPlace) async throws {
    try await place.withDatabase { database, nodes in
      let working = AsyncStream<Void>.makeStream()
      let holder = Task {
        defer { working.continuation.finish() }
        try await nodes[0].withConnection { connection in
          try await MigrationLock.with(connection) { _ in
            working.continuation.yield()
            // MySQL ends the sleep without an error.
            try await connection.query("SELECT SLEEP(600)")
            try await connection.query("SELECT 1")
          }
        }
      }
      for await _ in working.stream { break }
      holder.cancel()
      await #expect(throws: CancellationError.self) { try await holder.value }
      #expect(try await nodes[0].tables().isEmpty)
      try await nodes[nodes.count - 1].withConnection { connection in
        try await MigrationLock.with(connection, .init(timeout: .seconds(1))) { _ in }
      }
    }
  }

  @Test(arguments: MigrationLockPlace.all)
  func `The lock of a connection that was killed is free`(place: MigrationLockPlace) async throws {
    try await place.withDatabase { database, nodes in
      await #expect(throws: MariaDBError.self) {
        try await nodes[0].withConnection { connection in
          let id = try await connection.run { $0.connectionID }
          try await MigrationLock.with(connection) { _ in
            try await nodes[0].withConnection { _ = try await $0.query("KILL \(unescaped: "\(id)")") }
            try await connection.query("SELECT 1")
          }
        }
      }
      try await nodes[nodes.count - 1].withConnection { connection in
        try await MigrationLock.with(connection) { _ in }
      }
      #expect(try await nodes[0].tables().isEmpty)
    }
  }
}
