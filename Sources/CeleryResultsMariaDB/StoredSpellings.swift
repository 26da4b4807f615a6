import CeleryResults
import MariaDBClient

/// How ids that were asked for are spelled in a table.
///
/// To the server two ids may be one that to Swift are not: most collations take no account of case, accents, and spaces
/// at the end.
struct StoredSpellings {
  /// The stored spelling of each id that is stored, by the spelling that was asked for.
  private(set) var stored: [TaskID: TaskID] = [:]

  /// Asks the server: one query for each 1,024 ids.
  init(of ids: [TaskID], table: String, column: String, _ handle: ConnectionHandle) throws {
    var rest = ids[...]
    while !rest.isEmpty {
      let piece = Array(rest.prefix(DatabaseBackend.idsPerQuery))
      rest = rest.dropFirst(piece.count)
      for row in try handle.query(Self.select(piece, table: table, column: column)).rows {
        let (spelling, equal) = try row.decode(String.self, String.self)
        for (id, isEqual) in zip(piece, equal.utf8) where isEqual == UInt8(ascii: "1") {
          stored[id] = TaskID(spelling)
        }
      }
    }
  }

  /// Reads the ids of the rows, and with each a digit for every id that was asked for: whether they are equal.
  static func select(_ ids: [TaskID], table: String, column: String) -> SQLStatement {
    let values = ids.map(\.rawValue).filledUp()
    let column = SQLStatement.quoted(identifier: column)
    let equal = Array(repeating: "\(column) = ?", count: values.count).joined(separator: ", ")
    let listed: SQLStatement = " FROM \(identifier: table) WHERE \(unescaped: column) IN (\(list: values))"
    return SQLStatement(
      sql: "SELECT \(column), CONCAT(\(equal))\(listed.sql)",
      parameters: values.map(\.mariaDBValue) + listed.parameters
    )
  }

  /// Whether some of the ids that no row has may be spelled otherwise in the rows that were found by all of them.
  static func mayExist(
    for missing: Set<TaskID>,
    among found: @autoclosure () -> Set<TaskID>,
    askedFor ids: [TaskID]
  ) -> Bool {
    guard !missing.isEmpty else { return false }
    let found = found()
    guard !found.isEmpty else { return false }
    if !found.isSubset(of: ids) { return true }
    // What collations have to say of other letters only the server knows.
    let folded = Set(found.map(fold))
    return folded.contains(nil) || missing.contains { folded.contains(fold($0)) || fold($0) == nil }
  }

  /// One spelling for all that a collation may take as the same; nil where there are other letters than ASCII's.
  private static func fold(_ id: TaskID) -> String? {
    guard id.rawValue.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    var text = id.rawValue.lowercased()
    while text.last == " " { text.removeLast() }
    return text
  }
}
