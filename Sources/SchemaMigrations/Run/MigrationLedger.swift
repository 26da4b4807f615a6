#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import MariaDBClient
import ResultSchema

/// Django's table of the migrations that were applied.
struct MigrationLedger {
  let handle: ConnectionHandle

  init(_ handle: ConnectionHandle) {
    self.handle = handle
  }

  /// The names that it has for the app, or none when the table is not there.
  func names() throws -> [String] {
    guard try exists() else { return [] }
    let statement = SQLStatement(
      sql: DjangoMigrations.selectNames,
      parameters: [.string(CeleryMigration.app)]
    )
    return try handle.query(statement).rows.map { row throws(MariaDBError) in
      try row.decode(String.self, at: 0)
    }
  }

  private func exists() throws -> Bool {
    try !handle.query(
      """
      SELECT 1 FROM information_schema.tables
      WHERE table_schema = DATABASE() AND table_name = \(DjangoMigrations.tableName)
      """
    ).rows.isEmpty
  }

  /// Notes those of the migrations that it does not have, all in one transaction; makes the table first where
  /// it is not there.
  ///
  /// - Returns: How many were added.
  @discardableResult
  func add(_ migrations: [CeleryMigration]) throws -> Int {
    if try !exists() { try handle.query(text: SchemaGenerator().createTable(DjangoMigrations.table)) }
    let known = Set(try names())
    let missing = migrations.filter { !known.contains($0.rawValue) }
    try handle.withTransaction { handle in
      for migration in missing {
        try handle.query(
          SQLStatement(
            sql: DjangoMigrations.insert,
            parameters: [
              .string(CeleryMigration.app), .string(migration.rawValue), Date().mariaDBValue,
            ]
          )
        )
      }
    }
    return missing.count
  }
}
