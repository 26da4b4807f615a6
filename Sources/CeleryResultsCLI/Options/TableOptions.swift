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

  @Option(help: .init("The row format: dynamic, compact, redundant or compressed.", valueName: "format"))
  var rowFormat: String?

  @Option(
    help: .init("The storage engine, where the server's default is not the one to take.", valueName: "engine")
  )
  var engine: String?

  func validate() throws {
    if let rowFormat, RowFormat(name: rowFormat) == nil {
      throw ValidationError("--row-format \(rowFormat) is not one of dynamic, compact, redundant, compressed")
    }
    if let engine, !engine.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) {
      throw ValidationError("--engine \(engine) is no name of an engine; InnoDB is the one to take")
    }
  }

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
      engine: engine.map { StorageEngine($0) },
      rowFormat: rowFormat.flatMap(RowFormat.init(name:)),
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
        engine: engine.map { StorageEngine($0) },
        rowFormat: rowFormat.flatMap(RowFormat.init(name:))
      ).largestTaskIDMaxLength()
      throw ToolError("\(error)")
    }
  }
}
