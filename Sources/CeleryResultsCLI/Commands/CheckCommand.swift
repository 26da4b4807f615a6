import ArgumentParser
import MariaDBClient
import ResultSchema
import SchemaMigrations

/// The subcommand `check`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say whether the tables and their indexes fit on the server. Changes nothing.",
    discussion: """
      Prints what decides it on this server, and for every indexed column the bytes that it needs and those \
      that the server allows. Where something does not fit the commands that help are printed, best first, and \
      the exit code is 1.

      EXAMPLES:
        celery-results check
        celery-results check --task-id-max-length 191
        celery-results check --row-format dynamic --format json
      """
  )

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var tables: TableOptions

  func run() async throws {
    let settings = try await connection.settings()
    let configuration = try connection.connection(settings)
    let command = ([ProcessArguments.toolName, "migrate"] + connection.words()).joined(separator: " ")
    let options = try await tables.migratorOptions(settings, configuration, command: command)
    let migrator = Migrator(connection: configuration, options: options, logger: connection.logger())
    let (schema, level) = try await migrator.check()
    try output.write(
      CheckOutput(
        schema: schema,
        explanation: .init(schema: schema, command: command),
        level: level,
        namesDatabase: configuration.database != nil
      )
    )
    guard schema.fits else { throw ToolExit.failure }
  }
}
