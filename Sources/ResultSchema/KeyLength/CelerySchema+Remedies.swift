extension CelerySchema {
  /// What makes the tables fit, best first; empty if the schema fits.
  ///
  /// Each has been tried against the rules. The order: DYNAMIC row format where the engine has it, InnoDB where
  /// the engine is another, the largest length that fits as things are, and at last a smaller length on InnoDB
  /// with DYNAMIC rows.
  public var remedies: [Remedy] {
    guard !fits else { return [] }
    var remedies: [Remedy] = []
    let rules = report.filter { !$0.fits }.map { keyLengthRule(for: $0.tableName) }
    let isInnoDB = rules.allSatisfy { $0.engine == .innoDB }
    if isInnoDB, rules.contains(where: { $0.rowFormat != .dynamic }) {
      remedies.append(Remedy(kind: .rowFormat, schema: with(engine: engine, rowFormat: .dynamic)))
    }
    if !isInnoDB {
      let byDefault = with(engine: .innoDB, rowFormat: nil)
      let better = byDefault.fits ? byDefault : with(engine: .innoDB, rowFormat: .dynamic)
      remedies.append(Remedy(kind: .engine, schema: better))
    }
    if let shorter = shortened() {
      remedies.append(Remedy(kind: .taskIDMaxLength, schema: shorter))
    }
    remedies.removeAll { !$0.schema.fits }
    if remedies.isEmpty, let last = with(engine: .innoDB, rowFormat: .dynamic).shortened() {
      remedies.append(Remedy(kind: .everything, schema: last))
    }
    return remedies
  }

  private func with(engine: StorageEngine?, rowFormat: RowFormat?) -> CelerySchema {
    var schema = self
    schema.engine = engine
    schema.rowFormat = rowFormat
    return schema
  }

  private func shortened() -> CelerySchema? {
    guard let largest = largestTaskIDMaxLength(upTo: taskIDMaxLength), largest != taskIDMaxLength else {
      return nil
    }
    var schema = self
    schema.taskIDMaxLength = largest
    return schema
  }
}
