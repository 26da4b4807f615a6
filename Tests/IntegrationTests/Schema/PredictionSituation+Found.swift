import MariaDBClient
import ResultSchema

extension PredictionSituation {
  /// Makes tables, compares each with what the rules said, and drops them.
  func compare(_ tables: [Table], length: Int, _ handle: ConnectionHandle) throws -> PredictionTally {
    var tally = PredictionTally()
    var refused: [String: PredictionOutcome] = [:]
    var warned: Set<String> = []
    let generator = SchemaGenerator(engine: engine, rowFormat: rowFormat)
    for table in tables {
      do {
        let result = try handle.query(text: generator.createTable(table))
        if result.warningCount > 0, try warnsOfRow(handle) { warned.insert(table.name) }
      } catch let error as MariaDBError {
        guard let number = error.errno, !error.isConnectionLost else { throw error }
        refused[table.name] = .error(number: Int(number), limit: limit(in: error))
      }
    }
    let made = tables.filter { refused[$0.name] == nil }
    let indexes = made.isEmpty ? [:] : try indexes(handle)
    let texts = made.isEmpty ? [:] : try texts(handle)
    for table in tables {
      let found =
        refused[table.name]
        ?? .made(
          indexes: indexes[table.name] ?? [:],
          texts: texts[table.name] ?? [],
          warnsOfRow: warned.contains(table.name)
        )
      let foreseen = prediction(of: table, length: length)
      tally.tables += 1
      if found != foreseen {
        tally.mismatches.append(
          "\(self), length \(length), \(table.name):\n  said  \(foreseen)\n  found \(found)"
        )
      }
    }
    if !made.isEmpty {
      try handle.query(text: "DROP TABLE " + made.map(\.name).joined(separator: ", "))
    }
    return tally
  }

  private func warnsOfRow(_ handle: ConnectionHandle) throws -> Bool {
    try handle.warnings().contains { $0.code == SchemaErrorNumber.rowTooLargeWarning }
  }

  /// The number that the messages of these errors name.
  private func limit(in error: MariaDBError) -> Int? {
    let naming = [
      SchemaErrorNumber.keyTooLong, SchemaErrorNumber.indexColumnTooLong, SchemaErrorNumber.rowTooLarge,
      SchemaErrorNumber.columnTooLong,
    ]
    guard naming.contains(Int(error.errno ?? 0)) else { return nil }
    return error.serverMessage?.split { !$0.isWholeNumber }.lazy.compactMap { Int($0) }.first
  }

  private func indexes(
    _ handle: ConnectionHandle
  ) throws -> [String: [String: PredictionOutcome.IndexForm]] {
    let rows = try handle.query(
      text: """
        SELECT table_name, index_name, sub_part, index_type FROM information_schema.statistics
        WHERE table_schema = DATABASE()
        """
    ).rows
    var found: [String: [String: PredictionOutcome.IndexForm]] = [:]
    for row in rows {
      let (table, index, prefix, type) = try row.decode(String.self, String.self, Int?.self, String.self)
      found[table, default: [:]][index] = type == "HASH" ? .hash : prefix.map { .prefix($0) } ?? .whole
    }
    return found
  }

  /// The columns of a text type, by table.
  private func texts(_ handle: ConnectionHandle) throws -> [String: Set<String>] {
    let rows = try handle.query(
      text: """
        SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = DATABASE() AND data_type LIKE '%text'
        """
    ).rows
    var found: [String: Set<String>] = [:]
    for row in rows {
      let (table, column) = try row.decode(String.self, String.self)
      found[table, default: []].insert(column)
    }
    return found
  }
}
