import MariaDBClient
public import ResultSchema

extension Migrator {
  /// What the tables are to be like, and how to speak of it.
  public struct Options: Sendable {
    /// The length of task_id, task_name and group_id, in tables that are yet to be made.
    public var taskIDMaxLength: TaskIDMaxLength
    /// The storage engine.
    ///
    /// Nil: the server's default, and tables that are there keep theirs.
    public var engine: StorageEngine?
    /// The row format.
    ///
    /// Nil: the server's default, and tables that are there keep theirs.
    public var rowFormat: RowFormat?
    /// The last migration to apply.
    public var level: CeleryMigration
    /// Whether this project's own table of chords is made, where there are chord counters.
    public var makesChordTable: Bool
    /// Whether to take the first remedy that loses nothing where the tables do not fit.
    public var fixes: Bool
    /// How many bytes a table may have that the server can only copy while nobody can store.
    public var copyLimit: Int
    /// How long to wait while another migration is at work, or a transaction uses a table.
    public var lockTimeout: Duration
    /// The command that the user typed, without engine, row format and length: remedies begin with it.
    public var command: String
    /// Which server, for commands that a message prints.
    var place: ServerPlace

    /// The most bytes of a table that is copied unless more are allowed: 256 MiB.
    public static let standardCopyLimit = 256 * 1024 * 1024

    /// Makes options.
    public init(
      taskIDMaxLength: TaskIDMaxLength = .standard,
      engine: StorageEngine? = nil,
      rowFormat: RowFormat? = nil,
      level: CeleryMigration = .newest,
      makesChordTable: Bool = true,
      fixes: Bool = false,
      copyLimit: Int = standardCopyLimit,
      lockTimeout: Duration = .seconds(60),
      command: String = "celery-results migrate"
    ) {
      self.taskIDMaxLength = taskIDMaxLength
      self.engine = engine
      self.rowFormat = rowFormat
      self.level = level
      self.makesChordTable = makesChordTable
      self.fixes = fixes
      self.copyLimit = copyLimit
      self.lockTimeout = lockTimeout
      self.command = command
      place = ServerPlace(.init())
    }

    /// The tables as they are to be in a database.
    func schema(_ facts: ServerFacts, _ found: FoundSchema) -> CelerySchema {
      var schema = CelerySchema(
        facts: facts,
        taskIDMaxLength: TaskIDMaxLength.standardLength,
        engine: engine,
        rowFormat: rowFormat,
        level: level,
        found: found.tables
      )
      schema.hasChordTable = makesChordTable || found.tables[CeleryTables.chordName] != nil
      // A run that was interrupted when it had made the first table goes on with that table's length.
      if case .tablesWithoutLedger = found.level.state, let length = found.taskIDLength {
        return schema.with(.length(length))
      }
      return schema.with(taskIDMaxLength)
    }
  }
}
