import ResultSchema

extension MigrationPlan {
  /// The step, with the row format that the table has where the server would give it another.
  ///
  /// A table that does not state its row format gets the server's default of the day whenever it is copied, and an
  /// index that fitted may not fit into that.
  func keepingRowFormat(_ step: SchemaStep) -> SchemaStep {
    guard case .alterTable(let name, let changes) = step.action, let table = result.tables[name],
      table.engine == .innoDB, !table.statesRowFormat, let format = RowFormat(name: table.rowFormat),
      format != schema.facts.defaultRowFormat, changes.contains(where: { $0.needsCopy(of: table) }),
      !changes.contains(where: \.choosesRowFormat)
    else { return step }
    var step = step
    step.action = .alterTable(name, changes + [.rowFormat(format)])
    return step
  }
}

extension TableChange {
  fileprivate var choosesRowFormat: Bool {
    switch self {
    case .engine, .rowFormat: true
    default: false
    }
  }
}
