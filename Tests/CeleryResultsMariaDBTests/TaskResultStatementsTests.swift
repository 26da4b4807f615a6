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

  @Test func `Only columns that the table has are read`() {
    let names = [
      "id", "task_id", "status", "content_type", "content_encoding", "result", "date_done", "traceback",
      "hidden",
      "meta",
    ]
    let statements = TaskResultStatements(dialect: Self.mariaDB, columns: columns(names))
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
    let expired = ExpiredRows(table: "t", dateDoneIndex: "d", cutoff: Date(timeIntervalSince1970: 100))
    #expect(expired.select(after: .start, limit: 10).sql.contains("FROM `t` FORCE INDEX (`d`) WHERE"))
    #expect(expired.select(after: .start, limit: 10).parameters.count == 2)
    let next = expired.select(after: .after(dateDone: Date(timeIntervalSince1970: 5), id: 3), limit: 10)
    #expect(next.sql.contains("(`date_done` = ? AND `id` > ?) OR (`date_done` > ? AND `date_done` < ?)"))
    let delete = "FORCE INDEX (PRIMARY) WHERE `date_done` < ? AND `id` "
    #expect(expired.delete([1, 9]).sql.hasSuffix(delete + "IN (?, ?)"))
    #expect(expired.delete([2, 1]).sql.hasSuffix(delete + "BETWEEN ? AND ?"))
    #expect(expired.delete([2, 1]).parameters.suffix(2) == [.int(1), .int(2)])
  }
}
