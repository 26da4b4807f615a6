#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import ResultSchema

/// The statements on the tables of chord counters and of chords, as values.
///
/// Whoever locks rows of both locks the counter first. Leases go by the server's clock, which all processes
/// share.
enum ChordStatements {
  private static let counters = SQLStatement.quoted(identifier: CeleryTables.chordCounterName)
  private static let chords = SQLStatement.quoted(identifier: CeleryTables.chordName)
  private static let chordColumns =
    "`id`, `group_id`, `header`, `body`, `parts`, `date_created`, `claim_token`, `claimed_until`, `date_closed`, "
    + "UTC_TIMESTAMP(6) AS `now`"

  /// Reads and locks the counter of a chord.
  static func lockCounter(_ group: TaskID) -> SQLStatement {
    """
    SELECT `id`, `group_id`, `sub_tasks`, `count` FROM \(unescaped: counters) WHERE `group_id` = \(group.rawValue) FOR UPDATE
    """
  }

  /// Reads and locks the row of a chord.
  static func lockChord(_ group: TaskID) -> SQLStatement {
    """
    SELECT \(unescaped: chordColumns) FROM \(unescaped: chords) WHERE `group_id` = \(group.rawValue) FOR UPDATE
    """
  }

  static func insertCounter(_ group: TaskID, subTasks: String, count: Int) -> SQLStatement {
    """
    INSERT INTO \(unescaped: counters) (`group_id`, `sub_tasks`, `count`) VALUES (\(group.rawValue), \(subTasks), \(count))
    """
  }

  static func updateCounter(_ id: Int64, count: Int) -> SQLStatement {
    "UPDATE \(unescaped: counters) SET `count` = \(count) WHERE `id` = \(id)"
  }

  static func deleteCounter(_ id: Int64) -> SQLStatement {
    "DELETE FROM \(unescaped: counters) WHERE `id` = \(id)"
  }

  static func insertChord(_ group: TaskID, header: String, body: String?, at date: Date) -> SQLStatement {
    """
    INSERT INTO \(unescaped: chords) (`group_id`, `header`, `body`, `date_created`) VALUES (\(group.rawValue), \(header), \(body.mariaDBValue), \(date))
    """
  }

  static func updateChord(_ group: TaskID, body: String?, parts: String) -> SQLStatement {
    """
    UPDATE \(unescaped: chords) SET `body` = \(body.mariaDBValue), `parts` = \(parts) WHERE `group_id` = \(group.rawValue)
    """
  }

  static func claimChord(_ group: TaskID, _ claim: ChordClaim) -> SQLStatement {
    // More than a million years are no date.
    let microseconds = Int64(min(max(claim.lease / .seconds(1), 0), 1e9) * 1e6)
    return """
      UPDATE \(unescaped: chords) SET `claim_token` = \(claim.token), \
      `claimed_until` = UTC_TIMESTAMP(6) + INTERVAL \(microseconds) MICROSECOND WHERE `group_id` = \(group.rawValue)
      """
  }

  static func closeChord(_ group: TaskID, token: String) -> SQLStatement {
    """
    UPDATE \(unescaped: chords) SET `date_closed` = COALESCE(`date_closed`, UTC_TIMESTAMP(6)) \
    WHERE `group_id` = \(group.rawValue) AND `claim_token` = \(token)
    """
  }

  /// Deletes the row of a chord.
  static func deleteChord(_ group: TaskID) -> SQLStatement {
    "DELETE FROM \(unescaped: chords) WHERE `group_id` = \(group.rawValue)"
  }

  /// Deletes some chords that ended before a moment.
  static func deleteChords(endedBefore cutoff: Date, limit: Int) -> SQLStatement {
    SQLStatement(
      sql: "DELETE FROM \(chords) WHERE \(ended) LIMIT ?",
      parameters: [cutoff.mariaDBValue, cutoff.mariaDBValue, limit.mariaDBValue]
    )
  }

  /// Counts the chords that ended before a moment.
  static func countChords(endedBefore cutoff: Date) -> SQLStatement {
    SQLStatement(
      sql: "SELECT COUNT(*) FROM \(chords) WHERE \(ended)",
      parameters: [cutoff.mariaDBValue, cutoff.mariaDBValue]
    )
  }

  /// Tells the chords that were closed, and those that a Python worker has completed: it deletes the counter, and claims
  /// nothing.
  private static let ended = """
    (`date_closed` < ? OR (`date_closed` IS NULL AND `claimed_until` IS NULL AND `date_created` < ? \
    AND NOT EXISTS (SELECT 1 FROM \(counters) WHERE \(counters).`group_id` = \(chords).`group_id`)))
    """

  /// Asks whether a claim is the last of its chord.
  static func selectClaim(_ group: TaskID, token: String) -> SQLStatement {
    "SELECT 1 FROM \(unescaped: chords) WHERE `group_id` = \(group.rawValue) AND `claim_token` = \(token)"
  }

  /// Reads the chords that are not closed, those made first first.
  static func openChords(after id: Int64, limit: Int) -> SQLStatement {
    """
    SELECT \(unescaped: chordColumns) FROM \(unescaped: chords) \
    WHERE `date_closed` IS NULL AND `id` > \(id) ORDER BY `id` LIMIT \(limit)
    """
  }

  /// Reads the chords whose claim was not closed in time, and those that nobody has claimed.
  static func claimableChords(after id: Int64, limit: Int) -> SQLStatement {
    """
    SELECT \(unescaped: chordColumns) FROM \(unescaped: chords) \
    WHERE `date_closed` IS NULL AND `id` > \(id) \
    AND (`claimed_until` IS NULL OR `claimed_until` <= UTC_TIMESTAMP(6)) ORDER BY `id` LIMIT \(limit)
    """
  }

  /// Reads the counters of some chords.
  static func counters(of groups: [TaskID]) -> SQLStatement {
    """
    SELECT `id`, `group_id`, `sub_tasks`, `count` FROM \(unescaped: counters) \
    WHERE `group_id` IN (\(list: groups.map(\.rawValue).filledUp()))
    """
  }

  /// Reads counters, those made first first.
  static func counters(after id: Int64, limit: Int) -> SQLStatement {
    """
    SELECT `id`, `group_id`, `sub_tasks`, `count` FROM \(unescaped: counters) \
    WHERE `id` > \(id) ORDER BY `id` LIMIT \(limit)
    """
  }

  /// Asks which of some groups have a row in the table of chords.
  static func kept(_ groups: [TaskID]) -> SQLStatement {
    """
    SELECT `group_id` FROM \(unescaped: chords) WHERE `group_id` IN (\(list: groups.map(\.rawValue).filledUp()))
    """
  }

  /// Asks which of some tasks are ready by their stored results.
  static func readyTasks(_ ids: [TaskID]) -> SQLStatement {
    """
    SELECT `task_id` FROM \(identifier: CeleryTables.taskResultName) \
    WHERE `task_id` IN (\(list: ids.map(\.rawValue).filledUp())) \
    AND `status` IN ('SUCCESS', 'FAILURE', 'REVOKED')
    """
  }
}
