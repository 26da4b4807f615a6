/// The 14 migrations of Django's app django_celery_results, named as the ledger names them.
public enum CeleryMigration: String, Sendable, Hashable, CaseIterable {
  /// Makes the table of task results.
  case initial = "0001_initial"
  /// Adds task_name, task_args and task_kwargs.
  case addTaskNameArgsKwargs = "0002_add_task_name_args_kwargs"
  /// Changes Django's own description of the table only.
  case auto20181106 = "0003_auto_20181106_1101"
  /// Sets the length of task_name.
  case auto20190516 = "0004_auto_20190516_0412"
  /// Adds worker.
  case taskResultWorker = "0005_taskresult_worker"
  /// Adds date_created.
  case taskResultDateCreated = "0006_taskresult_date_created"
  /// Removes hidden.
  case removeTaskResultHidden = "0007_remove_taskresult_hidden"
  /// Makes the table of chord counters.
  case chordCounter = "0008_chordcounter"
  /// Makes the table of groups and renames indexes.
  case groupResult = "0009_groupresult"
  /// Removes indexes that were there twice.
  case removeDuplicateIndices = "0010_remove_duplicate_indices"
  /// Adds periodic_task_name.
  case taskResultPeriodicTaskName = "0011_taskresult_periodic_task_name"
  /// Adds date_started.
  case taskResultDateStarted = "0012_taskresult_date_started"
  /// Adds the index on periodic_task_name.
  case periodicTaskNameIndex = "0013_taskresult_django_cele_periodi_1993cf_idx"
  /// Changes Django's own description of status only.
  case alterTaskResultStatus = "0014_alter_taskresult_status"

  /// The app's label in Django's ledger.
  public static let app = "django_celery_results"

  /// The last migration, that of release 2.6.
  public static let newest = CeleryMigration.alterTaskResultStatus

  /// Finds the migration of a name, or of the digits or the letters that a name begins with, as manage.py does.
  ///
  /// - Parameter prefix: `0009`, `0009_groupresult`, …
  /// - Returns: nil when no name, or more than one, begins with it.
  public init?(prefix: String) {
    let matches = Self.allCases.filter { $0.rawValue.hasPrefix(prefix) }
    guard let match = matches.first, matches.count == 1 else { return nil }
    self = match
  }

  /// The migration of a number, 1 to 14; nil for another number.
  public init?(number: Int) {
    guard Self.allCases.indices.contains(number - 1) else { return nil }
    self = Self.allCases[number - 1]
  }

  /// The migration's number, 1 to 14.
  public var number: Int {
    (Self.allCases.firstIndex(of: self) ?? 0) + 1
  }

  /// The four digits that the name starts with.
  public var digits: String { String(rawValue.prefix(4)) }
}

extension CeleryMigration: Comparable {
  /// Compares by number.
  public static func < (left: CeleryMigration, right: CeleryMigration) -> Bool {
    left.number < right.number
  }
}
