extension CeleryTables {
  /// The columns of the task results in physical order, with their history.
  static func taskResultColumns(taskIDMaxLength: Int) -> [Versioned<Column>] {
    [
      Versioned(Column("id", .int, isAutoIncrement: true)),
      Versioned(Column("task_id", .varchar(taskIDMaxLength), hasTaskIDLength: true)),
      Versioned(Column("status", .varchar(50))),
      Versioned(Column("content_type", .varchar(128))),
      Versioned(Column("content_encoding", .varchar(64))),
      Versioned(Column("result", .longtext, isNullable: true)),
      Versioned(Column("date_done", .datetime6)),
      Versioned(Column("traceback", .longtext, isNullable: true)),
      Versioned(Column("hidden", .bool), until: .removeTaskResultHidden),
      Versioned(Column("meta", .longtext, isNullable: true)),
      Versioned(Column("task_args", .longtext, isNullable: true), since: .addTaskNameArgsKwargs),
      Versioned(Column("task_kwargs", .longtext, isNullable: true), since: .addTaskNameArgsKwargs),
      // 255 at first, whatever the setting was.
      Versioned(
        Column("task_name", .varchar(255), isNullable: true),
        since: .addTaskNameArgsKwargs,
        until: .auto20190516
      ),
      Versioned(
        Column("task_name", .varchar(taskIDMaxLength), isNullable: true, hasTaskIDLength: true),
        since: .auto20190516
      ),
      Versioned(Column("worker", .varchar(100), isNullable: true), since: .taskResultWorker),
      Versioned(Column("date_created", .datetime6), since: .taskResultDateCreated),
      Versioned(
        Column("periodic_task_name", .varchar(255), isNullable: true),
        since: .taskResultPeriodicTaskName
      ),
      Versioned(Column("date_started", .datetime6, isNullable: true), since: .taskResultDateStarted),
    ]
  }

  /// The indexes of the task results in the order in which they were made, with their history.
  static let taskResultIndexes: [Versioned<Index>] = [
    Versioned(.primaryKey(on: "id")),
    Versioned(Index("task_id", .unique, on: "task_id")),
    Versioned(generated("hidden_cd77412f", on: "hidden"), until: .removeTaskResultHidden),
    Versioned(generated("date_done_49edada6", on: "date_done"), since: .auto20190516, until: .groupResult),
    Versioned(generated("status_cbbed23a", on: "status"), since: .auto20190516, until: .groupResult),
    Versioned(generated("task_name_90987df3", on: "task_name"), since: .auto20190516, until: .groupResult),
    Versioned(generated("worker_f8711389", on: "worker"), since: .taskResultWorker, until: .groupResult),
    Versioned(
      generated("date_created_099f3424", on: "date_created"),
      since: .taskResultDateCreated,
      until: .groupResult
    ),
    Versioned(Index("django_cele_task_na_08aec9_idx", .plain, on: "task_name"), since: .groupResult),
    Versioned(Index("django_cele_status_9b6201_idx", .plain, on: "status"), since: .groupResult),
    Versioned(Index("django_cele_worker_d54dd8_idx", .plain, on: "worker"), since: .groupResult),
    Versioned(Index("django_cele_date_cr_f04a50_idx", .plain, on: "date_created"), since: .groupResult),
    Versioned(Index("django_cele_date_do_f59aad_idx", .plain, on: "date_done"), since: .groupResult),
    Versioned(
      Index("django_cele_periodi_1993cf_idx", .plain, on: "periodic_task_name"),
      since: .periodicTaskNameIndex
    ),
  ]

  /// An index that Django named after table and column.
  private static func generated(_ name: String, on column: String) -> Index {
    Index("\(taskResultName)_\(name)", .plain, on: column, hasGeneratedName: true)
  }

  /// The second indexes on columns that are UNIQUE, which the 0009 of release 2.1.0 made and 0010 takes away.
  static let duplicateIndexes = [
    chordCounterName: "django_cele_group_i_299b0d_idx",
    groupResultName: "django_cele_group_i_3cddec_idx",
    taskResultName: "django_cele_task_id_7f8fca_idx",
  ]
}
