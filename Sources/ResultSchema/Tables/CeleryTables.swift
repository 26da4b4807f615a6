/// The tables of django-celery-results, as its 2.6 makes them and as they were at each migration before.
public enum CeleryTables {
  /// The name of the table of task results.
  public static let taskResultName = "django_celery_results_taskresult"
  /// The name of the table of chord counters.
  public static let chordCounterName = "django_celery_results_chordcounter"
  /// The name of the table of group results.
  public static let groupResultName = "django_celery_results_groupresult"

  /// All three names, in the order in which the tables are made.
  public static let names = [taskResultName, chordCounterName, groupResultName]

  /// The tables that there are at a level, in the order in which they are made.
  ///
  /// - Parameters:
  ///   - level: The last migration that was applied; the newest by default.
  ///   - taskIDMaxLength: Characters of task_id, task_name and group_id.
  public static func all(
    at level: CeleryMigration = .newest,
    taskIDMaxLength: Int
  ) -> [Table] {
    var tables = [taskResult(at: level, taskIDMaxLength: taskIDMaxLength)]
    if level >= .chordCounter { tables.append(chordCounter(taskIDMaxLength: taskIDMaxLength)) }
    if level >= .groupResult { tables.append(groupResult(taskIDMaxLength: taskIDMaxLength)) }
    return tables
  }

  /// One row for each task.
  ///
  /// - Parameters:
  ///   - level: The last migration that was applied; the newest by default.
  ///   - taskIDMaxLength: Characters of task_id and task_name; periodic_task_name has 255 always.
  public static func taskResult(
    at level: CeleryMigration = .newest,
    taskIDMaxLength: Int
  ) -> Table {
    Table(
      name: taskResultName,
      columns: taskResultColumns(taskIDMaxLength: taskIDMaxLength).there(at: level),
      indexes: taskResultIndexes.there(at: level)
    )
  }

  /// One row for each chord whose header is still running.
  ///
  /// - Parameter taskIDMaxLength: Characters of group_id.
  public static func chordCounter(taskIDMaxLength: Int) -> Table {
    Table(
      name: chordCounterName,
      columns: [
        Column("id", .int, isAutoIncrement: true),
        Column("group_id", .varchar(taskIDMaxLength), hasTaskIDLength: true),
        Column("sub_tasks", .longtext),
        Column("count", .unsignedInt, check: "`count` >= 0"),
      ],
      indexes: [
        .primaryKey(on: "id"),
        Index("group_id", .unique, on: "group_id"),
      ]
    )
  }

  /// One row for each saved group.
  ///
  /// - Parameter taskIDMaxLength: Characters of group_id.
  public static func groupResult(taskIDMaxLength: Int) -> Table {
    Table(
      name: groupResultName,
      columns: [
        Column("id", .int, isAutoIncrement: true),
        Column("group_id", .varchar(taskIDMaxLength), hasTaskIDLength: true),
        Column("date_created", .datetime6),
        Column("date_done", .datetime6),
        Column("content_type", .varchar(128)),
        Column("content_encoding", .varchar(64)),
        Column("result", .longtext, isNullable: true),
      ],
      indexes: [
        .primaryKey(on: "id"),
        Index("group_id", .unique, on: "group_id"),
        Index("django_cele_date_cr_bd6c1d_idx", .plain, on: "date_created"),
        Index("django_cele_date_do_caae0e_idx", .plain, on: "date_done"),
      ]
    )
  }
}
