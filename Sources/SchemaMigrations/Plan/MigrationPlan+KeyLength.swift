public import ResultSchema

extension MigrationPlan {
  /// Whether the server makes every table and index that the plan adds as it is meant to be.
  public var fits: Bool {
    let reports = schemaAfterwards.report
    return steps.allSatisfy { step in
      guard let report = reports.first(where: { $0.tableName == step.tableName }) else { return true }
      switch step.action {
      case .createTable: return report.fits
      case .copyDateDone: return true
      case .alterTable(_, let changes):
        return changes.allSatisfy { change in
          switch change {
          case .addIndex(let index): report.indexes.allSatisfy { $0.indexName != index.name || $0.fits }
          // All indexes are made anew.
          case .engine, .rowFormat: report.fits
          default: true
          }
        }
      }
    }
  }

  /// The tables as they are to be, with those that are there as the plan leaves them: 0004 makes a column shorter
  /// before it indexes it.
  var schemaAfterwards: CelerySchema {
    var schema = schema
    for name in found.tables.keys { schema.found[name] = result.tables[name] }
    return schema
  }

  /// How many characters the index on periodic_task_name covers where the plan makes it and it cannot cover all 255.
  public var periodicTaskNamePrefix: Int? {
    let added = steps.flatMap { step -> [Index] in
      switch step.action {
      case .createTable(let table): table.indexes
      case .alterTable(_, let changes):
        changes.compactMap { if case .addIndex(let index) = $0 { index } else { nil } }
      case .copyDateDone: []
      }
    }
    return added.first { $0.column == "periodic_task_name" }?.prefixLength
  }

  /// The columns that the plan makes shorter, with their new length: what they hold has to be looked at first.
  public var shortenedColumns: [(table: String, column: Column)] {
    steps.flatMap { step -> [(table: String, column: Column)] in
      guard case .alterTable(let name, let changes) = step.action else { return [] }
      return changes.compactMap { change in
        guard case .modifyColumn(let column) = change, let new = column.type.characters,
          let old = found.tables[name]?.column(named: column.name)?.characters, new < old
        else { return nil }
        return (name, column)
      }
    }
  }
}

extension CelerySchema {
  /// The step with prefixes for plain indexes that would be too long otherwise.
  func fitted(_ step: SchemaStep) -> SchemaStep {
    var step = step
    switch step.action {
    case .copyDateDone: break
    case .createTable(let table): step.action = .createTable(withPrefixes(table))
    case .alterTable(let name, let changes):
      let table = tables.first { $0.name == name }
      step.action = .alterTable(
        name,
        changes.map { change in
          guard case .addIndex(let index) = change, let fitted = table?.index(named: index.name) else {
            return change
          }
          return .addIndex(fitted)
        }
      )
    }
    return step
  }
}
