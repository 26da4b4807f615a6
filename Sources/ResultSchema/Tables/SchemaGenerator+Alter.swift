extension SchemaGenerator {
  /// The ALTER TABLE statement for some changes, without a final semicolon.
  ///
  /// - Parameters:
  ///   - name: The table's name.
  ///   - changes: What to change, at least one.
  ///   - algorithm: How the server is to do it, nil to leave it to the server.
  public func alterTable(_ name: String, _ changes: [TableChange], algorithm: AlterAlgorithm? = nil) -> String
  {
    var parts = alterations(changes)
    if let algorithm { parts.append(algorithm.sql) }
    let separator = parts.count > 2 ? ",\n  " : ", "
    let first = parts.count > 2 ? "\n  " : " "
    return "ALTER TABLE \(quoted(name))" + first + parts.joined(separator: separator)
  }

  /// The clauses of an ALTER TABLE statement.
  public func alterations(_ changes: [TableChange]) -> [String] {
    changes.compactMap(text)
  }

  private func text(_ change: TableChange) -> String? {
    switch change {
    case .addColumn(let column): "ADD COLUMN \(definition(of: column))"
    case .modifyColumn(let column): "MODIFY COLUMN \(definition(of: column))"
    case .dropDefault(let column): "ALTER COLUMN \(quoted(column)) DROP DEFAULT"
    case .dropColumn(let name): "DROP COLUMN \(quoted(name))"
    case .addIndex(let index): "ADD \(definition(of: index))"
    case .dropIndex(let name): "DROP INDEX \(quoted(name))"
    // A statement names indexes: what remains of this change are those that the catalogue has.
    case .dropGeneratedIndexes: nil
    case .engine(let engine): "ENGINE=\(quoted(engine.name))"
    case .rowFormat(let format): "ROW_FORMAT=\(format.rawValue)"
    }
  }
}
