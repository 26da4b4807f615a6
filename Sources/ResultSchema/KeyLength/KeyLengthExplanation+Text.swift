extension KeyLengthExplanation: CustomStringConvertible {
  /// The explanation: the server, what does not fit and by how much, and the remedies in order.
  public var description: String {
    if schema.fits { return "The tables fit on this server.\n\(server)" }
    var lines = [heading] + findings
    lines.append("")
    return (lines + remedyLines).joined(separator: "\n")
  }

  /// The remedies, best first, each with what it does and the command, and for tables that are there the SQL.
  public var remedyLines: [String] {
    var lines: [String] = []
    let remedies = schema.remedies
    if remedies.isEmpty {
      lines.append("No length, row format or engine makes these tables fit on this server.")
    } else {
      lines.append(remedies.count == 1 ? "What makes them fit:" : "What makes them fit, best first:")
      for (position, remedy) in remedies.enumerated() {
        lines.append("  \(position + 1). \(reason(for: remedy)):")
        lines.append("     \(commandLine(for: remedy))")
        lines += statements(for: remedy).map { "     -- \($0);" }
      }
    }
    return lines
  }

  /// The server, and what does not fit there and by how much, as lines.
  package var findings: [String] {
    [server, ""] + schema.report.flatMap(faults)
  }

  private var heading: String {
    guard let settingValue else {
      return "The tables do not fit on this server with a length of \(schema.taskIDMaxLength) characters."
    }
    let largest = schema.largestTaskIDMaxLength()
    return "\(TaskIDMaxLengthError(.tooLong, value: settingValue, largest: largest))."
  }

  /// The first table that does not fit.
  private var firstFault: String? { schema.report.first { !$0.fits }?.tableName }

  private var server: String {
    let facts = schema.facts
    let rule = schema.keyLengthRule(for: firstFault)
    var text = "\(facts.dialect), \(rule.engine)"
    if rule.engine == .innoDB {
      text += " with \(rule.rowFormat.rawValue) rows"
      text += rule.statesRowFormat ? "" : " (innodb_default_row_format)"
      text += " and pages of \(facts.pageSize) bytes"
    } else if schema.engine == nil {
      text += " (default_storage_engine)"
    }
    return text + ", \(facts.characterSet) of \(facts.bytesPerCharacter) bytes a character."
  }

  private func faults(of table: TableReport) -> [String] {
    var lines = table.indexes.filter { !$0.fits }.map { index in
      let kind = index.isUnique ? "UNIQUE index" : "index"
      return "  \(index.tableName).\(index.columnName): the \(kind) on \(index.characters) characters "
        + "needs \(index.bytesNeeded) bytes, this server allows \(index.bytesAllowed) (\(index.outcome))"
    }
    for row in [table.serverRow, table.engineRow] where row != .fits {
      lines.append("  \(table.tableName): \(row)")
    }
    return lines
  }

  /// What a remedy does and what it costs, in a sentence without a full stop.
  public func reason(for remedy: Remedy) -> String {
    let schema = remedy.schema
    let limit = schema.keyLengthRule(for: firstFault).limitBytes
    var text =
      switch remedy.kind {
      case .rowFormat: "DYNAMIC rows allow \(limit) bytes, and nothing is lost"
      case .engine: "InnoDB allows \(limit) bytes"
      case .taskIDMaxLength:
        "\(schema.taskIDMaxLength) characters fit; longer ids and task names are refused"
      case .everything: "InnoDB with DYNAMIC rows and \(schema.taskIDMaxLength) characters fits"
      }
    if let prefix = remedy.periodicTaskNamePrefix {
      text += ", and the index on periodic_task_name covers its first \(prefix) characters"
    }
    let altered = statements(for: remedy).count
    if altered > 0 {
      text += "; \(altered) of the tables are rebuilt"
      text += remedy.kind == .rowFormat ? " in place, while others go on storing" : ", while others wait"
    }
    return text
  }
}

extension KeyLengthOutcome: CustomStringConvertible {
  /// What the server does, in a few words.
  public var description: String {
    switch self {
    case .fits: "fits"
    case .error(let number, _): "error \(number)"
    case .cutToPrefix(let characters): "silently cut to \(characters) characters, warning 1071"
    case .hash: "silently made a HASH index"
    }
  }
}

extension RowSizeOutcome: CustomStringConvertible {
  /// What the server does, in a few words.
  public var description: String {
    switch self {
    case .fits: "fits"
    case .error(SchemaErrorNumber.columnTooLong, let limit):
      "a column is longer than the \(limit ?? 0) characters of a varchar (error 1074)"
    case .warning(let number, let limit):
      "a row may need more than the \(limit) bytes that this server allows (warning \(number))"
    case .compressionRefused(let number):
      "pages of more than 16384 bytes cannot be compressed"
        + (number.map { " (error \($0))" } ?? ", the rows silently become DYNAMIC")
    case .columnBecomesText(let longest):
      "a column is longer than the \(longest) characters of a varchar, and silently becomes a text"
    case .error(SchemaErrorNumber.engineHasNoLongText, _): "the engine has no longtext (error 1163)"
    case .error(let number, let limit):
      "a row may need more than the \(limit ?? 0) bytes that this server allows (error \(number))"
    }
  }
}
