/// The three tables of django-celery-results as its 2.6 makes them: level 0014.
public enum CeleryTables {
  /// The name of the table of task results.
  public static let taskResultName = "django_celery_results_taskresult"
  /// The name of the table of chord counters.
  public static let chordCounterName = "django_celery_results_chordcounter"
  /// The name of the table of group results.
  public static let groupResultName = "django_celery_results_groupresult"

  /// All three names, in the order in which the tables are made.
  public static let names = [taskResultName, chordCounterName, groupResultName]

  /// All three tables, in the order in which they are made.
  ///
  /// - Parameter taskIDMaxLength: characters of task_id, task_name and group_id.
  public static func all(taskIDMaxLength: Int) -> [Table] {
    [
      taskResult(taskIDMaxLength: taskIDMaxLength),
      chordCounter(taskIDMaxLength: taskIDMaxLength),
      groupResult(taskIDMaxLength: taskIDMaxLength),
    ]
  }

  /// One row for each task.
  ///
  /// - Parameter taskIDMaxLength: characters of task_id and task_name; periodic_task_name has 255 always.
  public static func taskResult(taskIDMaxLength: Int) -> Table {
    Table(
      name: taskResultName,
      columns: [
        Column("id", .int, isAutoIncrement: true),
        Column("task_id", .varchar(taskIDMaxLength), hasTaskIDLength: true),
        Column("status", .varchar(50)),
        Column("content_type", .varchar(128)),
        Column("content_encoding", .varchar(64)),
        Column("result", .longtext, isNullable: true),
        Column("date_done", .datetime6),
        Column("traceback", .longtext, isNullable: true),
        Column("meta", .longtext, isNullable: true),
        Column("task_args", .longtext, isNullable: true),
        Column("task_kwargs", .longtext, isNullable: true),
        Column("task_name", .varchar(taskIDMaxLength), isNullable: true, hasTaskIDLength: true),
        Column("worker", .varchar(100), isNullable: true),
        Column("date_created", .datetime6),
        Column("periodic_task_name", .varchar(255), isNullable: true),
        Column("date_started", .datetime6, isNullable: true),
      ],
      indexes: [
        .primaryKey(on: "id"),
        Index("task_id", .unique, on: "task_id"),
        Index("django_cele_task_na_08aec9_idx", .plain, on: "task_name"),
        Index("django_cele_status_9b6201_idx", .plain, on: "status"),
        Index("django_cele_worker_d54dd8_idx", .plain, on: "worker"),
        Index("django_cele_date_cr_f04a50_idx", .plain, on: "date_created"),
        Index("django_cele_date_do_f59aad_idx", .plain, on: "date_done"),
        Index("django_cele_periodi_1993cf_idx", .plain, on: "periodic_task_name"),
      ]
    )
  }

  /// One row for each chord whose header is still running.
  ///
  /// - Parameter taskIDMaxLength: characters of group_id.
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
  /// - Parameter taskIDMaxLength: characters of group_id.
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
