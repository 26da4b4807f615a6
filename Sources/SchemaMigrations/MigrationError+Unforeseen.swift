import MariaDBClient
import ResultSchema

extension MigrationError {
  /// The explanation for a table or an index that could not be made, or not as it was meant to be, although nothing had
  /// spoken against it; nil when the cause is another.
  ///
  /// - Parameters:
  ///   - error: The server's error, or the difference that was found.
  ///   - step: The step that failed.
  ///   - schema: The tables as they were to be made.
  ///   - options: How to speak of it.
  static func unforeseen(
    _ error: any Error,
    _ step: SchemaStep,
    _ schema: CelerySchema,
    _ options: Migrator.Options
  ) -> MigrationError? {
    guard let table = schema.tables.first(where: { $0.name == step.tableName }) else { return nil }
    let cause: String
    switch error {
    case let error as MariaDBError where error.code == .keyTooLong || error.code == .rowTooLarge:
      cause = "\(error)"
    case let error as UnexpectedIndexes: cause = "\(error)"
    default: return nil
    }
    var lines = ["The server did not make \(table.name) as it should be: \(cause)."]
    if schema.fits {
      // The rules of this tool do not know this server: its own number is all there is.
      lines += longestIndex(of: table, schema, limit: limit(in: error), options)
    } else {
      lines.append("\(KeyLengthExplanation(schema: schema, command: options.command))")
    }
    return MigrationError(
      .doesNotFit,
      lines.joined(separator: "\n"),
      remedies: schema.fits ? [] : schema.remedies
    )
  }

  private static func longestIndex(
    of table: Table,
    _ schema: CelerySchema,
    limit: Int?,
    _ options: Migrator.Options
  ) -> [String] {
    let bytes = schema.facts.bytesPerCharacter
    let indexed = table.indexes.compactMap { index in
      table.column(named: index.column)?.type.characters.map { (index.column, index.prefixLength ?? $0) }
    }
    guard let (column, characters) = indexed.max(by: { $0.1 < $1.1 }) else { return [] }
    let allowed = limit.map { ", the server allows \($0)" } ?? ""
    var lines = ["The longest index is that on \(column): it needs \(characters * bytes) bytes\(allowed)."]
    if schema.keyLengthRule(for: table.name).engine == .innoDB, schema.rowFormat != .dynamic {
      lines.append("Try: \(options.command) --row-format dynamic")
    }
    if let limit, limit / bytes >= 1 {
      lines.append("Try: \(TaskIDMaxLength.variable)=\(limit / bytes) \(options.command)")
    }
    return lines
  }

  /// The number of bytes in "max key length is 767 bytes" and its kin.
  private static func limit(in error: any Error) -> Int? {
    // The message of a row that is too large has other numbers.
    guard let error = error as? MariaDBError, error.code == .keyTooLong, let message = error.serverMessage
    else { return nil }
    return message.split { !$0.isNumber }.compactMap { Int($0) }.last
  }
}
