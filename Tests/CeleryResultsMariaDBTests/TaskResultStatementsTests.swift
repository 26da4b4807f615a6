#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import ResultSchema
import Testing

@testable import CeleryResultsMariaDB

/// The statements as values: no server is asked.
@Suite struct TaskResultStatementsTests {
  static let mySQL = Dialect(flavor: .mySQL, version: ServerVersion(9, 7))
  static let mariaDB = Dialect(flavor: .mariaDB, version: ServerVersion(10, 11))

  /// The columns of the newest level, or those that release 1.1 had.
  func columns(_ names: [String] = CeleryTables.taskResult(taskIDMaxLength: 255).columns.map(\.name))
    -> TableColumns
  {
    TableColumns(names.map { .init(name: $0, maximumLength: nil) })
  }

  func result(_ state: TaskState = .success, started: Date? = nil) -> EncodedTaskResult {
    var result = EncodedTaskResult(id: "t", state: state)
    result.result = "42"
    result.dateDone = Date(timeIntervalSince1970: 0)
    result.dateCreated = result.dateDone
    result.dateStarted = started
    return result
  }

  @Test func `A store names the row's own id, and every value is a parameter`() {
    let statement = TaskResultStatements(dialect: Self.mariaDB, columns: columns()).store(
      result(),
      policy: .lastWriteWins
    )
    #expect(statement.sql.contains("VALUES ((SELECT `id` FROM (SELECT `id`"))
    #expect(statement.sql.filter { $0 == "?" }.count == statement.parameters.count)
    #expect(statement.parameters.first == .string("t"))
    #expect(!statement.sql.contains("42"))
  }

  @Test func `MySQL gets a row alias, MariaDB VALUES()`() {
    let mySQL = TaskResultStatements(dialect: Self.mySQL, columns: columns()).store(
      result(),
      policy: .lastWriteWins
    ).sql
    #expect(mySQL.contains(" AS `new` ON DUPLICATE KEY UPDATE `result` = `new`.`result`"))
    #expect(!mySQL.contains("VALUES(`"))
    let mariaDB = TaskResultStatements(dialect: Self.mariaDB, columns: columns()).store(
      result(),
      policy: .lastWriteWins
    ).sql
    #expect(mariaDB.contains("ON DUPLICATE KEY UPDATE `result` = VALUES(`result`)"))
    #expect(!mariaDB.contains("`new`"))
  }

  @Test
  func `A store over a row keeps its id and when it was created, and when it was started unless it starts`() {
    let statements = TaskResultStatements(dialect: Self.mySQL, columns: columns())
    let later = statements.store(result(), policy: .lastWriteWins).sql
    for column in ["task_id", "date_created", "date_started"] {
      #expect(later.contains("`\(column)`"))
      #expect(!later.contains("`\(column)` = `new`"))
    }
    let start = statements.store(
      result(.started, started: Date(timeIntervalSince1970: 1)),
      policy: .lastWriteWins
    ).sql
    #expect(start.contains("`date_started` = `new`.`date_started`"))
  }

  @Test(arguments: [mySQL, mariaDB])
  func `Where SUCCESS is protected a later state guards every column, and status is assigned last`(
    dialect: Dialect
  ) throws {
    let statements = TaskResultStatements(dialect: dialect, columns: columns())
    let sql = statements.store(
      result(.started, started: Date(timeIntervalSince1970: 1)),
      policy: .protectsSuccess
    ).sql
    let update = try #require(sql.split(separator: " ON DUPLICATE KEY UPDATE").last)
    let guards = update.ranges(of: "` = IF(`\(CeleryTables.taskResultName)`.`status` = 'SUCCESS'")
    // Id, task_id and date_created are never assigned.
    #expect(guards.count == columns().columns.count - 3)
    let last = try #require(guards.last)
    #expect(update[..<last.lowerBound].hasSuffix("`status"))
    #expect(!statements.store(result(), policy: .protectsSuccess).sql.contains("'SUCCESS'"))
  }

  @Test func `Only columns that the table has are written and read`() {
    let names = [
      "id", "task_id", "status", "content_type", "content_encoding", "result", "date_done", "traceback",
      "hidden",
      "meta",
    ]
    let statements = TaskResultStatements(dialect: Self.mariaDB, columns: columns(names))
    let store = statements.store(result(), policy: .lastWriteWins).sql
    #expect(store.contains("`hidden`"))
    #expect(!store.contains("`hidden` = "))
    #expect(!store.contains("worker"))
    #expect(!statements.select(["t"]).sql.contains("worker"))
    let error = #expect(throws: MariaDBError.self) { try statements.list(TaskResultQuery(worker: "w")) }
    #expect(error?.code == .unknownColumn)
  }

  @Test(arguments: [(1, 1), (2, 2), (3, 4), (5, 8), (1_024, 1_024)])
  func `A list of ids is filled up to a power of two`(count: Int, places: Int) {
    let statements = TaskResultStatements(dialect: Self.mySQL, columns: columns())
    let statement = statements.select((0..<count).map { TaskID("t\($0)") })
    #expect(statement.parameters.count == places)
    #expect(Set(statement.parameters).count == count)
  }

  @Test func `A page begins after the key of the last row, and asks for one row more`() throws {
    let cursor = TaskResultCursor(dateDone: Date(timeIntervalSince1970: 10), rowID: 7)
    let query = TaskResultQuery(states: [.failure, .retry], limit: 20, after: cursor)
    let statement = try TaskResultStatements(dialect: Self.mySQL, columns: columns()).list(query)
    #expect(statement.sql.contains("WHERE `status` IN (?, ?) AND `date_done` <= ? AND"))
    #expect(statement.sql.hasSuffix("ORDER BY `date_done` DESC, `id` DESC LIMIT ?"))
    #expect(statement.parameters.last == .int(21))
    #expect(statement.parameters.contains(.int(7)))
  }

  @Test func `Expired rows are looked for after the last one seen, and deleted only while they are expired`()
  {
    let expired = ExpiredRows(table: "t", cutoff: Date(timeIntervalSince1970: 100))
    #expect(expired.select(after: .start, limit: 10).parameters.count == 2)
    let next = expired.select(after: .after(dateDone: Date(timeIntervalSince1970: 5), id: 3), limit: 10)
    #expect(next.sql.contains("`date_done` >= ? AND (`date_done` > ? OR `id` > ?)"))
    let delete = expired.delete([1, 2])
    #expect(delete.sql == "DELETE FROM `t` WHERE `date_done` < ? AND `id` IN (?, ?)")
  }
}
