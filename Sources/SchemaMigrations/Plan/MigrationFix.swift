import ResultSchema

/// The first remedy that loses nothing, for a plan whose tables do not fit.
struct MigrationFix {
  let plan: MigrationPlan

  init(_ plan: MigrationPlan) {
    self.plan = plan
  }

  /// The plan with the remedy; the plan itself when there is none.
  func fixed() throws -> MigrationPlan {
    var dynamic = plan.schema
    dynamic.rowFormat = .dynamic
    var candidates = [dynamic]
    candidates += plan.schema.remedies.map(\.schema)
    for schema in candidates {
      let better = try MigrationPlan(found: plan.found, schema: schema)
      // A prefix is for a table that no row format helps.
      if better.fits, schema != dynamic || better.periodicTaskNamePrefix == nil { return better }
    }
    return plan
  }
}
