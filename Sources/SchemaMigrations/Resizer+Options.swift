import MariaDBClient
import ResultSchema

extension Resizer {
  /// How to go about it, and how to speak of it.
  public struct Options: Sendable {
    /// How many bytes a table may have that the server can only copy while nobody can store.
    public var copyLimit = Migrator.Options.standardCopyLimit
    /// How long to wait while another migration is at work, or a transaction uses a table.
    public var lockTimeout = Duration.seconds(60)
    /// How many ids of rows with values that are too long are listed for a column.
    public var listedIDs = 20
    /// The command that the user typed, without the length: remedies begin with it.
    public var command = "celery-results resize"
    /// The command that gives tables another row format.
    public var migrateCommand = "celery-results migrate"

    /// Makes options with the standard values.
    public init() {}

    func migratorOptions(
      _ connection: MariaDBConnection.Configuration,
      _ length: Int
    ) -> Migrator.Options {
      var options = Migrator.Options(
        taskIDMaxLength: .length(length),
        copyLimit: copyLimit,
        lockTimeout: lockTimeout,
        command: migrateCommand
      )
      options.place = ServerPlace(connection)
      return options
    }
  }
}
