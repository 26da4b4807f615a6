import ResultSchema

/// What comes of a CREATE TABLE statement, foreseen or found.
enum PredictionOutcome: Sendable, Equatable {
  /// What the server made of an index.
  enum IndexForm: Sendable, Equatable {
    case whole
    case prefix(Int)
    case hash
  }

  /// The statement fails with an error; the limit is the one that its message names.
  case error(number: Int, limit: Int?)
  /// The table is made, with these indexes by name, these columns of a text type, and the warning or not that
  /// its rows may be too large.
  case made(indexes: [String: IndexForm], texts: Set<String>, warnsOfRow: Bool)
}

extension PredictionOutcome {
  /// What the rules say.
  ///
  /// - Parameters:
  ///   - report: The rules' report.
  ///   - table: The table that the report is about.
  ///   - bytesPerCharacter: The most bytes of one character.
  init(_ report: TableReport, table: Table, bytesPerCharacter: Int) {
    if let number = report.forecast.errorNumber {
      self = .error(number: number, limit: report.forecast.limit)
      return
    }
    var indexes: [String: IndexForm] = [:]
    for index in table.indexes { indexes[index.name] = .whole }
    for index in report.indexes {
      indexes[index.indexName] =
        switch index.outcome {
        case .cutToPrefix(let characters): .prefix(characters)
        case .hash: .hash
        case .fits, .error: index.prefixLength.map { .prefix($0) } ?? .whole
        }
    }
    var warnsOfRow = false
    if case .warning = report.engineRow { warnsOfRow = true }
    let texts = table.columns.filter { column in
      if case .columnBecomesText(let longest) = report.serverRow, (column.type.characters ?? 0) > longest {
        return true
      }
      return column.type == .longtext
    }
    self = .made(indexes: indexes, texts: Set(texts.map(\.name)), warnsOfRow: warnsOfRow)
  }
}
