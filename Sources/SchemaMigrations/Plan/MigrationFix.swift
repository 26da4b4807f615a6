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
    var innoDB = plan.schema
    innoDB.engine = .innoDB
    var dynamicInnoDB = innoDB
    dynamicInnoDB.rowFormat = .dynamic
    for schema in [dynamic, innoDB, dynamicInnoDB] {
      let better = try MigrationPlan(found: plan.found, schema: schema)
      // A prefix is for a table that neither a row format nor an engine helps.
      if better.fits, better.periodicTaskNamePrefix == nil { return better }
    }
    for remedy in plan.schema.remedies {
      let better = try MigrationPlan(found: plan.found, schema: remedy.schema)
      if better.fits { return better }
    }
    return plan
  }
}
