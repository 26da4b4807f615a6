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

/// The statement that stores, as a value: no server is asked.
@Suite struct StoreStatementTests {
  static let mySQL = Dialect(flavor: .mySQL, version: ServerVersion(9, 7))
  static let mariaDB = Dialect(flavor: .mariaDB, version: ServerVersion(10, 11))
  static let newest = CeleryTables.taskResult(taskIDMaxLength: 255).columns.map(\.name)

  func statement(
    _ dialect: Dialect,
    _ policy: ResultBackendConfiguration.StorePolicy = .lastWriteWins,
    columns: [String] = newest
  ) -> StoreStatement {
    let columns = TableColumns(columns.map { .init(name: $0, maximumLength: nil) })
    return StoreStatement(dialect: dialect, columns: columns, policy: policy)
  }

  func result(_ id: TaskID = "t", _ state: TaskState = .success, hasRequest: Bool = true) -> EncodedTaskResult
  {
    var result = EncodedTaskResult(id: id, state: state)
    result.result = "42"
    result.hasRequest = hasRequest
    result.dateDone = Date(timeIntervalSince1970: 0)
    result.dateCreated = result.dateDone
    return result
  }

  @Test func `One result names the row's own id, and every value is a parameter`() {
    let one = statement(Self.mariaDB).one(result())
    #expect(one.sql.contains("VALUES ((SELECT `id` FROM (SELECT `id`"))
    #expect(one.sql.filter { $0 == "?" }.count == one.parameters.count)
    #expect(one.parameters.first == .string("t"))
    #expect(!one.sql.contains("42"))
  }

  @Test func `Several results name the ids that they are given`() {
    let rows: [StoreStatement.Row] = [
      (7, StoreRequest(result("a"))), (8, StoreRequest(result("b", .failure))),
    ]
    let several = statement(Self.mariaDB).several(rows, StoreKind(hasRequest: true))
    #expect(!several.sql.contains("SELECT"))
    #expect(several.sql.filter { $0 == "?" }.count == several.parameters.count)
    #expect(several.parameters.count == 2 * Self.newest.count)
    #expect(several.parameters.contains(.int(7)) && several.parameters.contains(.int(8)))
  }

  @Test func `MySQL gets a row alias, MariaDB VALUES()`() {
    let mySQL = statement(Self.mySQL).one(result()).sql
    #expect(mySQL.contains(" AS `new` ON DUPLICATE KEY UPDATE `result` = `new`.`result`"))
    #expect(!mySQL.contains("VALUES(`"))
    let mariaDB = statement(Self.mariaDB).one(result()).sql
    #expect(mariaDB.contains("ON DUPLICATE KEY UPDATE `result` = VALUES(`result`)"))
    #expect(!mariaDB.contains("`new`"))
  }

  @Test
  func `A store over a row keeps its id and when it was created, and when it was started unless it starts`() {
    let sql = statement(Self.mySQL).one(result()).sql
    for column in ["task_id", "date_created"] {
      #expect(sql.contains("`\(column)`"))
      #expect(!sql.contains("`\(column)` = `new`"))
    }
    let table = CeleryTables.taskResultName
    #expect(
      sql.contains("`date_started` = COALESCE(`new`.`date_started`, `\(table)`.`date_started`)")
    )
  }

  @Test(arguments: [mySQL, mariaDB])
  func `Where SUCCESS is protected every column is guarded, and status is assigned last`(
    dialect: Dialect
  ) throws {
    let sql = statement(dialect, .protectsSuccess).one(result()).sql
    let update = try #require(sql.split(separator: " ON DUPLICATE KEY UPDATE").last)
    let guards = update.ranges(of: "` = IF(`\(CeleryTables.taskResultName)`.`status` = 'SUCCESS'")
    // Id, task_id and date_created are never assigned.
    #expect(guards.count == Self.newest.count - 3)
    let last = try #require(guards.last)
    #expect(update[..<last.lowerBound].hasSuffix("`status"))
  }

  @Test func `Only a result without a request leaves the children that are known`() {
    let protecting = statement(Self.mySQL, .protectsSuccess)
    let known = "COALESCE(`\(CeleryTables.taskResultName)`.`meta`, `new`.`meta`)"
    #expect(!protecting.one(result()).sql.contains(known))
    #expect(protecting.one(result(hasRequest: false)).sql.contains(known))
    let rows: [StoreStatement.Row] = [(1, StoreRequest(result()))]
    #expect(protecting.several(rows, StoreKind(hasRequest: false)).sql.contains(known))
  }

  @Test(arguments: [ResultBackendConfiguration.StorePolicy.protectsSuccess, .lastWriteWins])
  func `A store that may be done already leaves what came after it`(
    policy: ResultBackendConfiguration.StorePolicy
  ) throws {
    let table = CeleryTables.taskResultName
    let guardText = "`\(table)`.`date_done` > `new`.`date_done` AND `\(table)`.`status` IN ("
    let sql = statement(Self.mySQL, policy).one(result(), isUncertain: true).sql
    #expect(sql.ranges(of: guardText).count == Self.newest.count - 3)
    #expect(!statement(Self.mySQL, policy).one(result()).sql.contains(guardText))
    // What the guard looks at is assigned last.
    let assigned = try #require(sql.split(separator: " ON DUPLICATE KEY UPDATE").last)
    let places = try Self.newest.dropFirst().compactMap { column in
      column == "task_id" || column == "date_created"
        ? nil : (column, try #require(assigned.firstRange(of: "`\(column)` = IF(")))
    }
    let order = places.sorted { $0.1.lowerBound < $1.1.lowerBound }.map(\.0)
    #expect(Array(order.suffix(2)) == ["date_done", "status"])
  }

  @Test func `Only columns that the table has are written`() {
    let names = [
      "id", "task_id", "status", "content_type", "content_encoding", "result", "date_done", "traceback",
      "hidden", "meta",
    ]
    let sql = statement(Self.mariaDB, columns: names).one(result()).sql
    #expect(sql.contains("`hidden`"))
    #expect(!sql.contains("`hidden` = "))
    #expect(!sql.contains("worker"))
  }
}
