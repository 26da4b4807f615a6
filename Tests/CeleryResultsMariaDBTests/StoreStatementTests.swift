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

  static let detailed = StoreKind(hasRequest: true)
  static let withoutRequest = StoreKind(hasRequest: false)
  static let short = StoreKind(hasRequest: true, hasDetails: false)

  func result(_ id: TaskID = "t") -> EncodedTaskResult {
    var result = EncodedTaskResult(id: id, state: .success)
    result.result = "42"
    result.dateDone = Date(timeIntervalSince1970: 0)
    result.dateCreated = result.dateDone
    return result
  }

  @Test(arguments: [detailed, short])
  func `One result names the row's own id, and every value is a parameter`(kind: StoreKind) {
    let statement = statement(Self.mariaDB)
    let sql = statement.one(kind)
    #expect(sql.contains("VALUES ((SELECT `id` FROM (SELECT `id`"))
    var parameters = ParameterBinding()
    statement.write(result(), kind, to: &parameters)
    let count = parameters.count
    #expect(sql.filter { $0 == "?" }.count == count)
  }

  @Test(arguments: [detailed, short])
  func `Several results name the ids that they are given`(kind: StoreKind) {
    let statement = statement(Self.mariaDB)
    let sql = statement.several(2, kind)
    #expect(!sql.contains("SELECT"))
    var parameters = ParameterBinding()
    let columns = statement.columns(of: kind)
    columns.write(7, result("a"), to: &parameters)
    columns.write(nil, result("b"), to: &parameters)
    let count = parameters.count
    #expect(sql.filter { $0 == "?" }.count == count)
    let left = kind.hasDetails ? 0 : StoredColumn.details.count
    #expect(count == 2 * (Self.newest.count - left))
  }

  @Test func `What none of the results has is not sent, and a store over a row writes NULL or keeps it`()
    throws
  {
    let table = CeleryTables.taskResultName
    let sql = statement(Self.mySQL, .protectsSuccess).one(Self.short)
    let parts = sql.split(separator: " ON DUPLICATE KEY UPDATE")
    let (inserted, update) = (try #require(parts.first), try #require(parts.last))
    for column in StoredColumn.details { #expect(!inserted.contains("`\(column.rawValue)`")) }
    #expect(!update.contains("`new`.`traceback`"))
    #expect(update.contains("`\(table)`.`traceback`, NULL)"))
    // A name that is known stays.
    #expect(!update.contains("`task_name` ="))
    #expect(statement(Self.mySQL, .lastWriteWins).one(Self.short).contains("`task_name` = NULL"))
    #expect(StoreKind(of: result()) == StoreKind(hasRequest: true, hasDetails: false))
    for path in [\EncodedTaskResult.traceback, \.name, \.args, \.kwargs, \.worker, \.periodicTaskName] {
      var detailed = result()
      detailed[keyPath: path] = "known"
      #expect(StoreKind(of: detailed) == Self.detailed)
    }
    var started = result()
    started.dateStarted = started.dateDone
    #expect(StoreKind(of: started) == Self.detailed)
  }

  @Test func `MySQL gets a row alias, MariaDB VALUES()`() {
    let mySQL = statement(Self.mySQL).one(Self.detailed)
    #expect(mySQL.contains(" AS `new` ON DUPLICATE KEY UPDATE `result` = `new`.`result`"))
    #expect(!mySQL.contains("VALUES(`"))
    let mariaDB = statement(Self.mariaDB).one(Self.detailed)
    #expect(mariaDB.contains("ON DUPLICATE KEY UPDATE `result` = VALUES(`result`)"))
    #expect(!mariaDB.contains("`new`"))
  }

  @Test
  func `A store over a row keeps its id and when it was created, and when it was started unless it starts`() {
    let sql = statement(Self.mySQL).one(Self.detailed)
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
    let sql = statement(dialect, .protectsSuccess).one(Self.detailed)
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
    #expect(!protecting.one(Self.detailed).contains(known))
    #expect(protecting.one(Self.withoutRequest).contains(known))
    #expect(protecting.several(1, Self.withoutRequest).contains(known))
  }

  @Test(arguments: [ResultBackendConfiguration.StorePolicy.protectsSuccess, .lastWriteWins])
  func `A store that may be done already leaves what came after it`(
    policy: ResultBackendConfiguration.StorePolicy
  ) throws {
    let table = CeleryTables.taskResultName
    let guardText = "`\(table)`.`date_done` > `new`.`date_done` AND `\(table)`.`status` IN ("
    let sql = statement(Self.mySQL, policy).one(StoreKind(hasRequest: true, isUncertain: true))
    #expect(sql.ranges(of: guardText).count == Self.newest.count - 3)
    #expect(!statement(Self.mySQL, policy).one(Self.detailed).contains(guardText))
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
    let sql = statement(Self.mariaDB, columns: names).one(Self.detailed)
    #expect(sql.contains("`hidden`"))
    #expect(!sql.contains("`hidden` = "))
    #expect(!sql.contains("worker"))
  }
}
