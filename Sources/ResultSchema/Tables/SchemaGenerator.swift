/// Writes the SQL that makes a table: one statement with all its indexes, as pure text.
///
/// On MySQL 8.0.16 and later and on MariaDB 10.2.1 and later the tables come out as Django's `migrate`
/// makes them, CHECK constraint included.
public struct SchemaGenerator: Sendable, Hashable {
  /// The engine to name, or nil to leave it to the server's default_storage_engine.
  public var engine: StorageEngine?
  /// The row format to name, or nil to leave it to the server's innodb_default_row_format.
  public var rowFormat: RowFormat?

  /// Makes a generator that names neither engine nor row format unless told to.
  public init(engine: StorageEngine? = nil, rowFormat: RowFormat? = nil) {
    self.engine = engine
    self.rowFormat = rowFormat
  }

  /// The CREATE TABLE statement for a table, without a final semicolon.
  ///
  /// - Parameters:
  ///   - table: The table.
  ///   - ifMissing: Whether a table of this name is left as it is.
  public func createTable(_ table: Table, ifMissing: Bool = false) -> String {
    let lines = table.columns.map(definition(of:)) + table.indexes.map(definition(of:))
    var sql = "CREATE TABLE \(ifMissing ? "IF NOT EXISTS " : "")\(quoted(table.name)) (\n  "
    sql += lines.joined(separator: ",\n  ")
    sql += "\n)"
    if let engine { sql += " ENGINE=\(quoted(engine.name))" }
    if let rowFormat { sql += " ROW_FORMAT=\(rowFormat.rawValue)" }
    return sql
  }

  func definition(of column: Column) -> String {
    var sql = "\(quoted(column.name)) \(column.type.sql)"
    if let characterSet = column.characterSet { sql += " CHARACTER SET \(characterSet)" }
    if let collation = column.collation { sql += " COLLATE \(collation)" }
    sql += column.isNullable ? " NULL" : " NOT NULL"
    if let value = column.defaultValue { sql += " DEFAULT \(value)" }
    if column.isAutoIncrement { sql += " AUTO_INCREMENT" }
    if let check = column.check { sql += " CHECK (\(check))" }
    return sql
  }

  func definition(of index: Index) -> String {
    let prefix = index.prefixLength.map { "(\($0))" } ?? ""
    let column = "(\(quoted(index.column))\(prefix))"
    return switch index.kind {
    case .primary: "PRIMARY KEY \(column)"
    case .unique: "UNIQUE KEY \(quoted(index.name)) \(column)"
    case .plain: "KEY \(quoted(index.name)) \(column)"
    }
  }

  func quoted(_ identifier: String) -> String {
    var quoted = "`"
    // By code points: a backtick and an accent are one character to Swift, and still end an identifier.
    for scalar in identifier.unicodeScalars {
      if scalar == "`" { quoted.append("`") }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "`"
  }
}
