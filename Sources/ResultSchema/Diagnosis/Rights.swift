/// What a user may do in a database, as `SHOW GRANTS` says it.
public struct Rights: Sendable, Hashable {
  /// The user, `name@host`.
  public var user: String
  /// The database.
  public var database: String
  /// The database as the user's rights name it, a pattern in which `_` and `%` stand for others.
  ///
  /// The server takes the rights of one pattern alone: a GRANT with another one would hide them.
  public var databasePattern: String
  /// The rights on every table of the database, in capital letters.
  public var rights: Set<String>
  /// What the user may do on every database, in capital letters.
  public var globalRights: Set<String>
  /// Whether the user may give the rights to others.
  public var mayGrant: Bool

  /// What whoever stores results needs.
  public static let storing: Set<String> = ["SELECT", "INSERT", "UPDATE", "DELETE"]
  /// What whoever migrates or mends the tables needs.
  public static let migrating: Set<String> = [
    "SELECT", "INSERT", "UPDATE", "CREATE", "ALTER", "DROP",
  ]

  /// Makes rights of their names.
  public init(
    user: String,
    database: String,
    rights: Set<String>,
    globalRights: Set<String> = [],
    mayGrant: Bool = false
  ) {
    self.user = user
    self.database = database
    databasePattern = database.replacing("\\", with: "\\\\").replacing("_", with: "\\_").replacing(
      "%",
      with: "\\%"
    )
    self.rights = rights
    self.globalRights = globalRights
    self.mayGrant = mayGrant
  }

  /// Reads what the server answers to `SHOW GRANTS`.
  ///
  /// Rights on single columns do not count; those on a single table count where every one of the tables has them.
  ///
  /// - Parameters:
  ///   - grants: The lines; passwords in them are not kept.
  ///   - user: The user.
  ///   - database: The database.
  ///   - tables: The tables that the rights are needed on.
  public init(grants: [String], user: String, database: String, tables: [String]) {
    self.init(user: user, database: database, rights: [])
    let grants = grants.compactMap(Grant.init)
    let patterns = grants.compactMap { grant in
      if case .database(let pattern) = grant.place, !grant.isRevoked { pattern } else { nil }
    }
    let matching = patterns.filter { Grant.matches(database, $0) }
    if let pattern = matching.min(by: { Grant.wildcards(in: $0) < Grant.wildcards(in: $1) }) {
      databasePattern = pattern
    }
    var tableRights: [String: Set<String>] = [:]
    for grant in grants where !grant.isRevoked {
      switch grant.place {
      case .everywhere:
        globalRights.formUnion(grant.rights)
        rights.formUnion(grant.rights)
        mayGrant = mayGrant || grant.hasGrantOption
      case .database(databasePattern) where !matching.isEmpty:
        rights.formUnion(grant.rights)
        mayGrant = mayGrant || grant.hasGrantOption
      case .table(database, let table): tableRights[table, default: []].formUnion(grant.rights)
      default: break
      }
    }
    for grant in grants where grant.isRevoked {
      if case .database(let pattern) = grant.place, Grant.matches(database, pattern) {
        rights.subtract(grant.rights)
      }
    }
    let everywhere = tables.map { Self.allMeant(tableRights[$0] ?? []) }
    if var common = everywhere.first {
      for rights in everywhere { common.formIntersection(rights) }
      rights.formUnion(common)
    }
    rights = Self.allMeant(rights)
  }

  /// ALL PRIVILEGES in full, as far as it matters here.
  private static func allMeant(_ rights: Set<String>) -> Set<String> {
    rights.contains("ALL PRIVILEGES") ? rights.union(storing).union(migrating) : rights
  }
}
