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
  static let counters = SQLStatement.quoted(identifier: CeleryTables.chordCounterName)
  static let chords = SQLStatement.quoted(identifier: CeleryTables.chordName)
  static let chordColumns =
    "`id`, `group_id`, `header`, `body`, `parts`, `date_created`, `claim_token`, `claimed_until`, `date_closed`, "
    + "UTC_TIMESTAMP(6) AS `now`"
  /// Tells a chord from a counter that a cleanup has seen: then `parts` is the counter's number.
  static let isChord = "COALESCE(LEFT(`parts`, 1) NOT BETWEEN '0' AND '9', TRUE)"
  static let isUnclaimed = "`date_closed` IS NULL AND `claimed_until` IS NULL"

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

  /// Notes a chord: one that is noted already stays, and what a cleanup has only seen becomes one.
  static func insertChord(_ group: TaskID, header: String, body: String?, at date: Date) -> SQLStatement {
    // The column that tells the two comes last: a server may assign from left to right.
    """
    INSERT INTO \(unescaped: chords) (`group_id`, `header`, `body`, `date_created`) \
    VALUES (\(group.rawValue), \(header), \(body.mariaDBValue), \(date)) ON DUPLICATE KEY UPDATE \
    `header` = IF(\(unescaped: isChord), `header`, \(header)), \
    `body` = IF(\(unescaped: isChord), `body`, \(body.mariaDBValue)), \
    `date_created` = IF(\(unescaped: isChord), `date_created`, CAST(\(date) AS DATETIME(6))), \
    `parts` = IF(\(unescaped: isChord), `parts`, NULL)
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

  /// Asks whether a claim is the last of its chord.
  static func selectClaim(_ group: TaskID, token: String) -> SQLStatement {
    "SELECT 1 FROM \(unescaped: chords) WHERE `group_id` = \(group.rawValue) AND `claim_token` = \(token)"
  }

  /// Reads the chords that are not closed, those made first first.
  static func openChords(after id: Int64, limit: Int) -> SQLStatement {
    """
    SELECT \(unescaped: chordColumns) FROM \(unescaped: chords) \
    WHERE `date_closed` IS NULL AND \(unescaped: isChord) AND `id` > \(id) ORDER BY `id` LIMIT \(limit)
    """
  }

  /// Reads the chords whose claim was not closed in time, and those that nobody has claimed.
  static func claimableChords(after id: Int64, limit: Int) -> SQLStatement {
    """
    SELECT \(unescaped: chordColumns) FROM \(unescaped: chords) \
    WHERE `date_closed` IS NULL AND \(unescaped: isChord) AND `id` > \(id) \
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
    SELECT `group_id` FROM \(unescaped: chords) \
    WHERE \(unescaped: isChord) AND `group_id` IN (\(list: groups.map(\.rawValue).filledUp()))
    """
  }

  /// Reads the states of some tasks.
  ///
  /// Which of them are ready is not the server's to say: to its collation `success` may be SUCCESS.
  static func states(of ids: [TaskID]) -> SQLStatement {
    """
    SELECT `task_id`, `status` FROM \(identifier: CeleryTables.taskResultName) \
    WHERE `task_id` IN (\(list: ids.map(\.rawValue).filledUp()))
    """
  }
}
