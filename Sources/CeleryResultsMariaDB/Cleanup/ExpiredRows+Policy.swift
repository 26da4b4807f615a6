#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import ResultSchema

extension ExpiredRows {
  /// The groups that have expired; nil when none ever does.
  init?(groups policy: CleanupPolicy, now: Date, columns: TableColumns) {
    guard let cutoff = policy.expiry.cutoff(now: now) else { return nil }
    self.init(table: CeleryTables.groupResultName, dateDoneIndex: columns.dateDoneIndex, cutoff: cutoff)
  }

  /// The tasks that have expired, as `CleanupPolicy.expiry(of:name:)` says; nil when none ever does.
  ///
  /// A table that has no names of tasks has none that fits.
  init?(tasks policy: CleanupPolicy, now: Date, columns: TableColumns) {
    var policy = policy
    if !columns.contains("task_name") { policy.taskNames = [:] }
    guard let cutoff = policy.shortest.cutoff(now: now) else { return nil }
    let rules = Rules(policy: policy, now: now)
    self.init(
      table: CeleryTables.taskResultName,
      dateDoneIndex: columns.dateDoneIndex,
      cutoff: cutoff,
      condition: rules.condition
    )
  }

  /// The rules of a policy as SQL.
  private struct Rules {
    let policy: CleanupPolicy
    let now: Date

    /// That a row was stored before the moment that the rules give for it; nil where there are none.
    var condition: SQLStatement? {
      let (byName, byState) = (byName, byState)
      guard byName != nil || byState != nil else { return nil }
      let rules = [byName, byState].compactMap(\.self)
      // The longer time is the earlier moment; LEAST is null where one of the two is.
      var choices = rules.count == 2 ? ["LEAST(\(rules[0].sql), \(rules[1].sql))"] : []
      var parameters = rules.count == 2 ? rules.flatMap(\.parameters) : []
      let general = moment(policy.expiry)
      choices += rules.map(\.sql) + [general.sql]
      parameters += rules.flatMap(\.parameters) + general.parameters
      return SQLStatement(
        sql: "`date_done` < COALESCE(\(choices.joined(separator: ", ")))",
        parameters: parameters
      )
    }

    private var byState: SQLStatement? {
      choice(
        policy.states.sorted { $0.key.rawValue < $1.key.rawValue }.map { state, expiry in
          ("`status` = \(exactly: state.rawValue)", expiry)
        }
      )
    }

    private var byName: SQLStatement? {
      choice(
        policy.mostExactNames.map { name, expiry in
          let length = name.text.unicodeScalars.count
          let fits: SQLStatement =
            name.isBeginning
            ? "LEFT(`task_name`, \(length)) = \(exactly: name.text)"
            : "`task_name` = \(exactly: name.text)"
          return (fits, expiry)
        }
      )
    }

    private func choice(_ cases: [(condition: SQLStatement, expiry: CleanupPolicy.Expiry)]) -> SQLStatement? {
      guard !cases.isEmpty else { return nil }
      var choice = SQLStatement(sql: "CASE", parameters: [])
      for (condition, expiry) in cases {
        let moment = moment(expiry)
        choice.sql += " WHEN \(condition.sql) THEN \(moment.sql)"
        choice.parameters += condition.parameters + moment.parameters
      }
      choice.sql += " END"
      return choice
    }

    /// The moment before which a row must have been stored.
    private func moment(_ expiry: CleanupPolicy.Expiry) -> SQLStatement {
      // Without the cast a server may take a parameter in these places for text.
      guard let cutoff = expiry.cutoff(now: now) else { return "CAST('1000-01-01' AS DATETIME(6))" }
      return "CAST(\(cutoff) AS DATETIME(6))"
    }
  }
}

extension SQLStatement.StringInterpolation {
  /// Binds a text that is compared by its characters, whatever the column's collation takes for the same.
  fileprivate mutating func appendInterpolation(exactly text: String) {
    // MariaDB 10.5 knows no character set of a parameter.
    appendLiteral("CONVERT(")
    appendInterpolation(text)
    appendLiteral(" USING utf8mb4) COLLATE utf8mb4_bin")
  }
}

extension CleanupPolicy.Expiry {
  /// The moment before which a row must have been stored to have expired; nil when no row ever does.
  func cutoff(now: Date) -> Date? {
    guard case .after(let age) = self else { return nil }
    let cutoff = now.addingTimeInterval(-(age / .seconds(1)))
    return cutoff < Self.earliest ? nil : cutoff
  }

  /// The year 1000: a column of type DATETIME holds nothing earlier.
  private static let earliest = Date(timeIntervalSince1970: -30_610_224_000)
}
