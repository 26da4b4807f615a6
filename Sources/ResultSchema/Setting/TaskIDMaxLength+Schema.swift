extension TaskIDMaxLength {
  /// The schema that the setting asks for on a server, which may turn out not to fit.
  ///
  /// With ``auto`` on a server where no length fits, the schema has the standard length and says why.
  ///
  /// - Parameters:
  ///   - facts: what the server says of itself.
  ///   - engine: the engine that the statements name, nil if they name none.
  ///   - rowFormat: the row format that the statements name, nil if they name none.
  public func schema(
    for facts: ServerFacts,
    engine: StorageEngine? = nil,
    rowFormat: RowFormat? = nil
  ) -> CelerySchema {
    let length =
      switch self {
      case .standard: Self.standardLength
      case .length(let length): length
      case .auto:
        CelerySchema.largestTaskIDMaxLength(
          facts: facts,
          engine: engine,
          rowFormat: rowFormat,
          upTo: Self.standardLength
        ) ?? Self.standardLength
      }
    return CelerySchema(facts: facts, taskIDMaxLength: length, engine: engine, rowFormat: rowFormat)
  }
}
