public import CeleryResults

/// What an import of Celery's own tables has done.
public struct SQLAlchemyImportReport: Hashable, Sendable {
  /// How many rows of one kind.
  public struct Counts: Hashable, Sendable {
    /// In the table that is read.
    public var total = 0
    /// Read so far.
    public var read = 0
    /// Brought over, or with a dry run to be brought over.
    public var imported = 0
    /// There already, and left as they are.
    public var existing = 0
    /// There already, but not ready, as they are meanwhile: brought up to date, or with a dry run to be.
    public var updated = 0
    /// In a state that is never stored, such as PENDING.
    public var notStored = 0
    /// Without an id, so that nobody can ask for them.
    public var withoutID = 0
    /// Of those brought over: kept as the pickle that they were.
    public var keptAsPickle = 0
    /// Not brought over, for the reasons in `failures`.
    public var failed = 0
  }

  /// A row that could not be brought over.
  public struct Failure: Hashable, Sendable {
    /// The id of the task or group.
    public var id: TaskID
    /// Why, without any result data.
    public var reason: String
  }

  /// The tasks.
  public var tasks = Counts()
  /// The groups.
  public var groups = Counts()
  /// Whether groups were left out, because the tables are older than release 2.1.
  public var lacksGroupTable = false
  /// The first hundred rows that could not be brought over.
  public var failures: [Failure] = []

  /// Makes an empty report.
  public init() {}

  mutating func add(_ failure: Failure) {
    if failures.count < 100 { failures.append(failure) }
  }
}
