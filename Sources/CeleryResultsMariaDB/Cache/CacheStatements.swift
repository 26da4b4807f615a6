#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import MariaDBClient

/// The statements on a table of Django's database cache, as values.
struct CacheStatements {
  let table: String

  /// Reads the entries of some keys.
  ///
  /// The list is filled up, so that a connection keeps few prepared statements.
  func select(_ keys: [String]) -> SQLStatement {
    """
    SELECT `cache_key`, `value`, `expires` FROM \(identifier: table) \
    WHERE `cache_key` IN (\(list: keys.filledUp()))
    """
  }

  /// Reads the entry of a key, and keeps others from changing it until the transaction ends.
  func selectForUpdate(_ key: String) -> SQLStatement {
    "SELECT `cache_key`, `value`, `expires` FROM \(identifier: table) WHERE `cache_key` = \(key) FOR UPDATE"
  }

  func insert(_ key: String, value: String, expires: Date) -> SQLStatement {
    """
    INSERT INTO \(identifier: table) (`cache_key`, `value`, `expires`) VALUES (\(key), \(value), \(expires))
    """
  }

  /// The key is written as well: to the server two keys may be one that to Python are not.
  func update(_ key: String, value: String, expires: Date) -> SQLStatement {
    """
    UPDATE \(identifier: table) SET `cache_key` = \(key), `value` = \(value), `expires` = \(expires) \
    WHERE `cache_key` = \(key)
    """
  }

  func delete(_ key: String) -> SQLStatement {
    "DELETE FROM \(identifier: table) WHERE `cache_key` = \(key)"
  }

  func deleteExpired(before now: Date, limit: Int? = nil) -> SQLStatement {
    var statement: SQLStatement = "DELETE FROM \(identifier: table) WHERE `expires` < \(now)"
    if let limit { statement.sql += " LIMIT \(limit)" }
    return statement
  }

  var count: SQLStatement { "SELECT COUNT(*) FROM \(identifier: table)" }

  var deleteAll: SQLStatement { "DELETE FROM \(identifier: table)" }

  /// Finds the key before which so many others come.
  func key(after count: Int) -> SQLStatement {
    SQLStatement(
      sql: """
        SELECT `cache_key` FROM \(SQLStatement.quoted(identifier: table)) ORDER BY `cache_key` LIMIT 1 \
        OFFSET \(count)
        """
    )
  }

  func delete(before key: String) -> SQLStatement {
    "DELETE FROM \(identifier: table) WHERE `cache_key` < \(key)"
  }

  /// How long a key may be.
  var keyLength: SQLStatement {
    """
    SELECT CAST(character_maximum_length AS SIGNED) FROM information_schema.columns \
    WHERE table_schema = DATABASE() AND table_name = \(table) AND column_name = 'cache_key'
    """
  }
}
