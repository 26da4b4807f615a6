import MariaDBClient
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct TransactionTests {
  struct Failure: Error {}

  @Test(arguments: TestServer.oneOfEach)
  func `A transaction is committed when its closure returns, and rolled back when it throws`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let client = database.client
      try await client.query("CREATE TABLE t (v INT) ENGINE=InnoDB")
      _ = try await client.withTransaction { try await $0.query("INSERT INTO t VALUES (1)") }
      await #expect(throws: Failure.self) {
        try await client.withTransaction { connection in
          try await connection.query("INSERT INTO t VALUES (2)")
          throw Failure()
        }
      }
      try await client.run { handle in
        try handle.withTransaction { _ = try $0.query("INSERT INTO t VALUES (3)") }
      }
      #expect(
        try await client.query("SELECT v FROM t ORDER BY v").rows.map(\.values) == [[.int(1)], [.int(3)]]
      )
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A short wait for locks holds for the closure alone`(server: TestServer) throws {
    let handle = try ConnectionHandle(server.configuration())
    func timeout() throws -> Int {
      try handle.query("SELECT @@innodb_lock_wait_timeout").rows[0].decode(at: 0)
    }
    let before = try timeout()
    #expect(before > 2)
    #expect(try handle.withLockWaitTimeout(seconds: 2) { _ in try timeout() } == 2)
    #expect(try timeout() == before)
    #expect(throws: Failure.self) { try handle.withLockWaitTimeout(seconds: 2) { _ in throw Failure() } }
    #expect(try timeout() == before)
    #expect(!handle.sessionChanged)
    // Who waits for less already goes on to.
    try handle.query(text: "SET innodb_lock_wait_timeout = 1")
    #expect(try handle.withLockWaitTimeout(seconds: 2) { _ in try timeout() } == 1)
    #expect(handle.sessionChanged)
    handle.close()
  }

  @Test(arguments: TestServer.oneOfEach)
  func `The isolation level holds for the transaction alone`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      try await database.client.query("CREATE TABLE t (v INT) ENGINE=InnoDB")
      let reader = try await MariaDBConnection.connect(database.configuration)
      for (level, seen) in [(IsolationLevel.repeatableRead, 0), (.readCommitted, 1)] {
        try await database.client.query("DELETE FROM t")
        let count = try await reader.withTransaction(isolationLevel: level) { reader in
          try await reader.query("SELECT * FROM t")
          try await database.client.query("INSERT INTO t VALUES (1)")
          return try await reader.query("SELECT * FROM t").rows.count
        }
        #expect(count == seen)
      }
      await reader.close()
    }
  }

  @Test(arguments: TestServer.all)
  func `A deadlock and a lock wait that is too long can be told from other errors`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let client = database.client
      try await client.query("CREATE TABLE t (id INT PRIMARY KEY, v INT) ENGINE=InnoDB")
      try await client.query("INSERT INTO t VALUES (1, 0), (2, 0)")
      let first = try await MariaDBConnection.connect(database.configuration)
      let second = try await MariaDBConnection.connect(database.configuration)
      try await second.query("SET innodb_lock_wait_timeout = 1")

      let lockWait = await #expect(throws: MariaDBError.self) {
        try await first.withTransaction { first in
          try await first.query("UPDATE t SET v = 1 WHERE id = 1")
          try await second.query("UPDATE t SET v = 2 WHERE id = 1")
        }
      }
      #expect(lockWait?.code == .lockWaitTimeout)
      #expect(lockWait?.isTransient == true)
      // An error that comes with the rows.
      let whileReading = await #expect(throws: MariaDBError.self) {
        try await first.withTransaction { first in
          try await first.query("UPDATE t SET v = 1")
          try await second.query("SELECT * FROM t WHERE v >= 0 FOR UPDATE")
        }
      }
      #expect(whileReading?.code == .lockWaitTimeout)

      try await second.query("SET innodb_lock_wait_timeout = 50")
      // One of the two is the victim.
      async let crossed: Void = second.withTransaction { second in
        try await second.query("UPDATE t SET v = 3 WHERE id = 2")
        try await Task.sleep(for: .milliseconds(100))
        try await second.query("UPDATE t SET v = 3 WHERE id = 1")
      }
      let straight = await error {
        try await first.withTransaction { first in
          try await first.query("UPDATE t SET v = 4 WHERE id = 1")
          try await Task.sleep(for: .milliseconds(100))
          try await first.query("UPDATE t SET v = 4 WHERE id = 2")
        }
      }
      let other: MariaDBError?
      do {
        try await crossed
        other = nil
      } catch { other = error as? MariaDBError }
      #expect([straight, other].compactMap { $0?.code } == [.deadlock])
      await first.close()
      await second.close()
    }
  }

  func error(_ body: () async throws -> Void) async -> MariaDBError? {
    do {
      try await body()
      return nil
    } catch { return error as? MariaDBError }
  }

  @Test func `Transactions do not nest`() async throws {
    try await ThrowawayDatabase.with(on: .mariadb1011) { database in
      let error = await #expect(throws: MariaDBError.self) {
        try await database.client.withTransaction { connection in
          try await connection.withTransaction { _ in }
        }
      }
      #expect(error?.code == .invalidStatement)
    }
  }
}
