#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient

extension DjangoDatabaseCache {
  /// How many keys one query asks for at most.
  static let keysPerQuery = 1_024
  /// How many rows one statement deletes at most.
  static let rowsPerDeletion = 1_000
  /// How often a change is tried that others come before.
  static let attempts = 50

  /// Reads the values of several keys, in their order: one query for each 1,024 of them.
  ///
  /// - Throws: `MariaDBError`; `CancellationError`.
  public func values(for keys: [String]) async throws -> [[UInt8]?] {
    let cacheKeys = keys.map(cacheKey)
    let now = now()
    let found = try await run { [statements] handle in
      var entries: [String: CacheEntry] = [:]
      var rest = cacheKeys[...]
      while !rest.isEmpty {
        for row in try handle.query(statements.select(Array(rest.prefix(Self.keysPerQuery)))).rows {
          let entry = try CacheEntry(row)
          entries[entry.key] = entry
        }
        rest = rest.dropFirst(Self.keysPerQuery)
      }
      return entries
    }
    return cacheKeys.map { found[$0]?.value(at: now) }
  }

  /// Changes the value of a key, in a transaction that locks its row.
  ///
  /// - Throws: What `change` throws; `ResultError` with code `valueTooLong` or `resultTooLarge` before anything is
  ///   written; `MariaDBError`; `CancellationError`.
  public func update(
    _ key: String,
    expiringAfter expiry: Duration?,
    _ change: @Sendable ([UInt8]?) throws -> [UInt8]?
  ) async throws {
    let (key, now) = (cacheKey(key), now())
    let expires = expiry.map { Self.wholeSeconds(now.addingTimeInterval($0 / .seconds(1))) } ?? Self.never
    try await run { handle in
      try check(key, handle)
      try cull(handle)
      var attempt = 1
      while true {
        do {
          return try handle.withTransaction { handle in
            try Self.update(key, now: now, expires: expires, statements, change, on: handle)
          }
        } catch let error as MariaDBError
          where (error.code == .duplicateKey || error.code == .deadlock) && attempt < Self.attempts
        {
          // Somebody else has made the entry in between, or wanted the same locks: nothing was written.
          attempt += 1
        }
      }
    }
  }

  private static func update(
    _ key: String,
    now: Date,
    expires: Date,
    _ statements: CacheStatements,
    _ change: ([UInt8]?) throws -> [UInt8]?,
    on handle: ConnectionHandle
  ) throws {
    let entry = try handle.query(statements.selectForUpdate(key)).rows.first.map { try CacheEntry($0) }
    // To the server an id in capitals may be the same one: what it has is another task's.
    let old = entry.flatMap { $0.key == key ? $0.value(at: now) : nil }
    guard let new = try change(old) else { return }
    let value = Data(new).base64EncodedString()
    let statement =
      entry == nil
      ? statements.insert(key, value: value, expires: expires)
      : statements.update(key, value: value, expires: expires)
    let limit: Int = try handle.query("SELECT @@max_allowed_packet").rows[0].decode(at: 0)
    guard statement.executionByteCount <= limit else {
      throw ResultError.resultTooLarge(size: statement.executionByteCount, limit: limit)
    }
    try handle.query(statement)
  }

  /// Refuses a key that is longer than its column, which some servers would cut.
  private func check(_ key: String, _ handle: ConnectionHandle) throws {
    let length = key.unicodeScalars.count
    // Django's own length needs no question for keys that are shorter than any index has.
    guard length > 100 else { return }
    guard let row = try handle.query(statements.keyLength).rows.first else {
      throw MariaDBError(
        .unknownTable,
        explanation: "the database has no cache table \(options.table): run celery-results create-cache-table"
      )
    }
    let limit: Int = try row.decode(at: 0)
    if length > limit { throw ResultError.valueTooLong(column: "cache_key", length: length, limit: limit) }
  }

  /// Deletes entries when there are too many, as Django does before each store.
  private func cull(_ handle: ConnectionHandle) throws {
    guard let maximum = options.maximumEntries else { return }
    let count: Int = try handle.query(statements.count).rows[0].decode(at: 0)
    guard count > maximum else { return }
    guard options.cullFrequency > 0 else {
      try handle.query(statements.deleteAll)
      return
    }
    let expired = try handle.query(statements.deleteExpired(before: currentSecond)).affectedRows
    let rest = count - Int(expired)
    guard rest > maximum else { return }
    let rows = try handle.query(statements.key(after: rest / options.cullFrequency)).rows
    guard let key: String = try rows.first?.decode(at: 0) else { return }
    try handle.query(statements.delete(before: key))
  }

  /// Removes the value of a key.
  ///
  /// - Throws: `MariaDBError`; `CancellationError`.
  public func removeValue(for key: String) async throws -> Bool {
    try await run { [statements] in try $0.query(statements.delete(cacheKey(key))).affectedRows > 0 }
  }

  /// Deletes what has expired, 1,000 rows in a transaction: Django does so only when its cache is too full.
  ///
  /// - Throws: `MariaDBError`; `CancellationError`.
  public func removeExpired() async throws -> Int {
    var removed = 0
    while true {
      let statement = statements.deleteExpired(before: currentSecond, limit: Self.rowsPerDeletion)
      let count = Int(try await run { try $0.query(statement).affectedRows })
      removed += count
      if count < Self.rowsPerDeletion { return removed }
    }
  }

  /// Django cuts off the microseconds.
  private static func wholeSeconds(_ date: Date) -> Date {
    Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down))
  }

  /// Python's `datetime.max` without its microseconds: what Django writes for an entry that never expires.
  private static let never = Date(timeIntervalSince1970: 253_402_300_799)
}

/// A row of the cache's table.
private struct CacheEntry: Sendable {
  let key: String
  private let text: String
  private let expires: Date

  init(_ row: MariaDBRow) throws(MariaDBError) {
    key = try row.decode(named: "cache_key")
    text = try row.decode(named: "value")
    expires = try row.decode(named: "expires")
  }

  /// The bytes, unless they have expired; none if they are no base64.
  func value(at now: Date) -> [UInt8]? {
    // Python skips what is no base64; a line end is the most that anybody would have put there.
    expires < now ? nil : Data(base64Encoded: text, options: .ignoreUnknownCharacters).map { [UInt8]($0) }
  }
}
