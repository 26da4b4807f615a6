extension SchemaLevel {
  /// The levels whose tables have exactly the columns found.
  static func levels(of columns: [String: Set<String>]) -> ClosedRange<CeleryMigration>? {
    let fitting = CeleryMigration.allCases.filter { expected(at: $0) == columns }
    guard let first = fitting.first, let last = fitting.last else { return nil }
    return first...last
  }

  /// The names of the columns of each table at a level.
  static func expected(at level: CeleryMigration) -> [String: Set<String>] {
    var task: Set = [
      "id", "task_id", "status", "content_type", "content_encoding", "result", "date_done", "traceback",
      "meta",
    ]
    if level < .removeTaskResultHidden { task.insert("hidden") }
    if level >= .addTaskNameArgsKwargs { task.formUnion(["task_name", "task_args", "task_kwargs"]) }
    if level >= .taskResultWorker { task.insert("worker") }
    if level >= .taskResultDateCreated { task.insert("date_created") }
    if level >= .taskResultPeriodicTaskName { task.insert("periodic_task_name") }
    if level >= .taskResultDateStarted { task.insert("date_started") }
    var tables = [CeleryTables.taskResultName: task]
    if level >= .chordCounter {
      tables[CeleryTables.chordCounterName] = ["id", "group_id", "sub_tasks", "count"]
    }
    if level >= .groupResult {
      tables[CeleryTables.groupResultName] = [
        "id", "group_id", "date_created", "date_done", "content_type", "content_encoding", "result",
      ]
    }
    return tables
  }
}
