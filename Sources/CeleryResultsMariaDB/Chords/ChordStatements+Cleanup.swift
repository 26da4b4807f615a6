#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient
import ResultSchema

/// What a cleanup asks and deletes. No statement reads both tables: their collations may differ.
extension ChordStatements {
  /// Reads the rows that were made before a moment and that nobody has claimed, those of counters that were only
  /// seen included.
  static func unclaimedChords(createdBefore cutoff: Date, after id: Int64, limit: Int) -> SQLStatement {
    """
    SELECT \(unescaped: chordColumns) FROM \(unescaped: chords) \
    WHERE \(unescaped: isUnclaimed) AND `date_created` < \(cutoff) AND `id` > \(id) ORDER BY `id` LIMIT \(limit)
    """
  }

  /// Deletes rows that were made before a moment and that nobody has claimed since they were read.
  static func deleteUnclaimedChords(_ ids: [Int64], createdBefore cutoff: Date) -> SQLStatement {
    """
    DELETE FROM \(unescaped: chords) WHERE `id` IN (\(list: ids.filledUp())) \
    AND \(unescaped: isUnclaimed) AND `date_created` < \(cutoff)
    """
  }

  /// Deletes some chords that were closed before a moment.
  static func deleteChords(closedBefore cutoff: Date, limit: Int) -> SQLStatement {
    "DELETE FROM \(unescaped: chords) WHERE `date_closed` < \(cutoff) LIMIT \(limit)"
  }

  /// Counts the chords that were closed before a moment.
  static func countChords(closedBefore cutoff: Date) -> SQLStatement {
    "SELECT COUNT(*) FROM \(unescaped: chords) WHERE `date_closed` < \(cutoff)"
  }

  /// Reads which counters there are, those made first first.
  static func counterGroups(after id: Int64, limit: Int) -> SQLStatement {
    "SELECT `id`, `group_id` FROM \(unescaped: counters) WHERE `id` > \(id) ORDER BY `id` LIMIT \(limit)"
  }

  /// Asks which of some groups have a row in the table of chords, if only because their counter was seen.
  static func known(_ groups: [TaskID]) -> SQLStatement {
    """
    SELECT `group_id` FROM \(unescaped: chords) WHERE `group_id` IN (\(list: groups.map(\.rawValue).filledUp()))
    """
  }

  /// Notes when counters were first seen.
  static func noteCounters(_ ids: [Int64], seenAt date: Date) -> SQLStatement {
    """
    INSERT INTO \(unescaped: chords) (`group_id`, `header`, `parts`, `date_created`) \
    SELECT n.`group_id`, '', CAST(n.`id` AS CHAR), CAST(\(date) AS DATETIME(6)) FROM \(unescaped: counters) AS n \
    WHERE n.`id` IN (\(list: ids.filledUp())) ON DUPLICATE KEY UPDATE \(unescaped: chords).`id` = \(unescaped: chords).`id`
    """
  }

  /// Reads the headers of the chords that are not closed.
  static func openHeaders(after id: Int64, limit: Int) -> SQLStatement {
    """
    SELECT `id`, `header` AS `parts` FROM \(unescaped: chords) \
    WHERE `date_closed` IS NULL AND \(unescaped: isChord) AND `id` > \(id) ORDER BY `id` LIMIT \(limit)
    """
  }

  /// Reads the headers of the chords that have a counter.
  static func countedHeaders(after id: Int64, limit: Int) -> SQLStatement {
    """
    SELECT `id`, `sub_tasks` AS `parts` FROM \(unescaped: counters) \
    WHERE `id` > \(id) ORDER BY `id` LIMIT \(limit)
    """
  }

  /// Finds the rows of some tasks that were stored before a moment.
  static func rows(of ids: [TaskID], storedBefore cutoff: Date) -> SQLStatement {
    """
    SELECT `id` FROM \(identifier: CeleryTables.taskResultName) \
    WHERE `task_id` IN (\(list: ids.map(\.rawValue).filledUp())) AND `date_done` < \(cutoff)
    """
  }

  /// Asks whether one of some tasks has stored something at a moment or later.
  static func anyStored(of ids: [TaskID], since cutoff: Date) -> SQLStatement {
    """
    SELECT 1 FROM \(identifier: CeleryTables.taskResultName) \
    WHERE `task_id` IN (\(list: ids.map(\.rawValue).filledUp())) AND `date_done` >= \(cutoff) LIMIT 1
    """
  }
}
