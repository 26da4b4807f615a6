extension HealthDiagnosis {
  var rightsFindings: [Finding] {
    [
      missing(Rights.storing, for: "storing"), missing(Rights.migrating, for: "migrate and doctor --fix"),
      more,
    ].compactMap(\.self)
  }

  private func missing(_ needed: Set<String>, for purpose: String) -> Finding? {
    let rights = health.rights
    let missing = needed.subtracting(rights.rights).sorted()
    guard !missing.isEmpty else { return nil }
    // Whoever can do one of the two may be meant for it alone.
    let hasOther = [Rights.storing, Rights.migrating].contains { $0.isSubset(of: rights.rights) }
    let list = missing.joined(separator: ", ")
    return Finding(
      .missingRights,
      at: rights.user,
      "the user has not all rights for \(purpose): \(list)",
      because: hasOther
        ? "it is enough for what the user can do now; another user may have these"
        : "statements are refused with error 1142",
      isRemark: hasOther || needed != Rights.storing,
      repairs: [Repair("GRANT \(list) ON \(database).* TO \(user)")]
    )
  }

  private var more: Finding? {
    let rights = health.rights
    let powers = rights.globalRights.intersection([
      "ALL PRIVILEGES", "SUPER", "CREATE USER", "FILE", "SHUTDOWN",
    ])
    guard !powers.isEmpty || rights.mayGrant else { return nil }
    let list = (powers.sorted() + (rights.mayGrant ? ["GRANT OPTION"] : [])).joined(separator: ", ")
    let storing = ["SELECT", "INSERT", "UPDATE", "DELETE"].joined(separator: ", ")
    return Finding(
      .moreRights,
      at: rights.user,
      "the user has more rights than results need: \(list)",
      because: "whoever gets hold of the URL of the result backend has them too; a worker needs \(storing). "
        + "Only for a user that serves nothing but results, and run by another user, who may give rights",
      isRemark: true,
      repairs: [
        Repair("REVOKE ALL PRIVILEGES, GRANT OPTION FROM \(user)"),
        Repair("GRANT \(storing) ON \(database).* TO \(user)"),
      ]
    )
  }

  /// The database as the user's rights name it.
  private var database: String { SchemaGenerator().quoted(health.rights.databasePattern) }

  private var user: String {
    let name = health.rights.user
    guard let at = name.lastIndex(of: "@") else { return LedgerDiagnosis.literal(name) }
    let parts = [name[..<at], name[name.index(after: at)...]]
    return parts.map { "'\($0.replacing("'", with: "''"))'" }.joined(separator: "@")
  }
}
