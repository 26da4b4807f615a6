import ArgumentParser
import MariaDBClient
import ResultSchema
import SchemaMigrations

/// What the tables are to be like: the options that the commands for tables share.
struct TableOptions: ParsableArguments {
  @Option(
    help: .init(
      "Characters of task ids, or auto. Default: DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH, or 255.",
      valueName: "n"
    )
  )
  var taskIDMaxLength: String?

  @OptionGroup var storage: StorageOptions

  /// The options of a migration.
  ///
  /// - Parameters:
  ///   - settings: Where the length may be.
  ///   - configuration: The server, which is asked for the longest length when the setting is wrong.
  ///   - command: What printed commands begin with.
  func migratorOptions(
    _ settings: Settings,
    _ configuration: MariaDBConnection.Configuration,
    command: String
  ) async throws -> Migrator.Options {
    Migrator.Options(
      taskIDMaxLength: try await setting(settings, configuration),
      engine: storage.chosenEngine,
      rowFormat: storage.chosenRowFormat,
      command: command
    )
  }

  private func setting(
    _ settings: Settings,
    _ configuration: MariaDBConnection.Configuration
  ) async throws -> TaskIDMaxLength {
    do {
      return try taskIDMaxLength.map { try TaskIDMaxLength($0) } ?? settings.taskIDMaxLength()
    } catch let error as TaskIDMaxLengthError {
      let connection = try await MariaDBConnection.connect(configuration)
      let facts = try await connection.run { try ServerFacts($0) }
      await connection.close()
      var error = error
      error.largest = CelerySchema(
        facts: facts,
        taskIDMaxLength: TaskIDMaxLength.standardLength,
        engine: storage.chosenEngine,
        rowFormat: storage.chosenRowFormat
      ).largestTaskIDMaxLength()
      throw ToolError("\(error)")
    }
  }
}
