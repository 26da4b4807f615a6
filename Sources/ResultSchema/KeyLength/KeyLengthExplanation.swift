/// The explanation, as text, of why the tables do not fit on a server, and the commands that make them fit.
public struct KeyLengthExplanation: Sendable, Hashable {
  /// The schema that does not fit.
  public var schema: CelerySchema
  /// What the user types before the options that a remedy adds: `celery-results migrate` and how to connect.
  ///
  /// It must hold neither `--engine` nor `--row-format`; the remedies say them where they are needed.
  public var command: String
  /// The setting's value as the user gave it, nil if the length was not the user's choice.
  public var settingValue: String?

  /// Makes an explanation.
  ///
  /// - Parameters:
  ///   - schema: the schema that does not fit.
  ///   - command: what the user types, with how to connect, but without engine, row format and length.
  ///   - settingValue: the value of DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH if it was set to a number.
  public init(schema: CelerySchema, command: String, settingValue: String? = nil) {
    self.schema = schema
    self.command = command
    self.settingValue = settingValue
  }

  /// A remedy's command, ready to be typed into a shell.
  public func commandLine(for remedy: Remedy) -> String {
    var line = command
    // A length that the user had set is still set unless the command says another.
    if remedy.schema.taskIDMaxLength != schema.taskIDMaxLength {
      line = "\(TaskIDMaxLength.variable)=\(remedy.schema.taskIDMaxLength) \(line)"
    }
    if let engine = remedy.schema.engine { line += " --engine \(engine.name.lowercased())" }
    if let rowFormat = remedy.schema.rowFormat { line += " --row-format \(rowFormat.rawValue.lowercased())" }
    return line
  }

  /// What a remedy does to the tables that are there, without final semicolons; its command does it as well.
  public func statements(for remedy: Remedy) -> [String] {
    CeleryTables.namesWithChord.compactMap { name in
      var changes: [TableChange] = []
      if let engine = remedy.schema.engine { changes.append(.engine(engine)) }
      if let rowFormat = remedy.schema.rowFormat { changes.append(.rowFormat(rowFormat)) }
      let remaining = schema.found[name].map { table in changes.flatMap(table.remaining) } ?? []
      return remaining.isEmpty ? nil : SchemaGenerator().alterTable(name, remaining)
    }
  }
}
