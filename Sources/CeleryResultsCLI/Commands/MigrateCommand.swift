import ArgumentParser
import CeleryResults
import MariaDBClient
import ResultSchema
import SchemaMigrations

/// The subcommand `migrate`.
struct MigrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Make the tables, and note it in Django's ledger.",
    discussion: """
      Task ids have as many characters as DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH says: 255 by default; auto \
      takes the most that fit on the server. Where an index would be too long nothing is changed, and the \
      commands that help are printed. Running it again is safe.

      EXAMPLES:
        celery-results migrate
        celery-results migrate --row-format dynamic
        DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=191 celery-results migrate
      """
  )

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  @Option(help: .init("The row format: dynamic, compact, redundant or compressed.", valueName: "format"))
  var rowFormat: String?

  @Option(
    help: .init("The storage engine, where the server's default is not the one to take.", valueName: "engine")
  )
  var engine: String?

  @Option(help: .init("How long to wait while another migration is at work.", valueName: "time"))
  var lockTimeout: Age?

  func validate() throws {
    if let rowFormat, RowFormat(name: rowFormat) == nil {
      throw ValidationError("--row-format \(rowFormat) is not one of dynamic, compact, redundant, compressed")
    }
    if let engine, !engine.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) {
      throw ValidationError("--engine \(engine) is no name of an engine; InnoDB is the one to take")
    }
  }

  func run() async throws {
    let settings = try await connection.settings()
    let configuration = try connection.connection(settings)
    let setting: TaskIDMaxLength
    do {
      setting = try settings.taskIDMaxLength()
    } catch let error as TaskIDMaxLengthError {
      throw ToolError("\(try await Self.withLargest(error, configuration, self))")
    }
    let migrator = Migrator(
      connection: configuration,
      options: .init(
        taskIDMaxLength: setting,
        engine: engine.map { StorageEngine($0) },
        rowFormat: rowFormat.flatMap(RowFormat.init(name:)),
        lockTimeout: lockTimeout?.duration ?? .seconds(60),
        command: ([ProcessArguments.toolName, "migrate"] + connection.words()).joined(separator: " ")
      ),
      logger: connection.logger()
    )
    let format = output.format
    let report = try await migrator.migrate { step in
      if format == .text { StandardOutput.note(line: Self.text(step)) }
    }
    switch format {
    case .text: for line in Self.lines(report) { try StandardOutput.write(line: line) }
    case .json: try StandardOutput.write(line: PythonJSON.encodeReadably(Self.json(report)))
    }
  }

  /// The error with the largest length that would do on this server, where the server can be asked.
  private static func withLargest(
    _ error: TaskIDMaxLengthError,
    _ configuration: MariaDBConnection.Configuration,
    _ command: MigrateCommand
  ) async throws -> TaskIDMaxLengthError {
    let connection = try await MariaDBConnection.connect(configuration)
    let facts = try await connection.run { try ServerFacts($0) }
    await connection.close()
    var error = error
    error.largest = CelerySchema.largestTaskIDMaxLength(
      facts: facts,
      engine: command.engine.map { StorageEngine($0) },
      rowFormat: command.rowFormat.flatMap(RowFormat.init(name:))
    )
    return error
  }

  private static func text(_ step: MigrationStep) -> String {
    switch step {
    case .madeTable(let name): "made \(name)"
    case .wroteLedger(let rows): "noted \(rows) migrations in \(DjangoMigrations.tableName)"
    }
  }

  private static func lines(_ report: MigrationReport) -> [String] {
    var lines: [String] = []
    if report.tablesMade.isEmpty, report.ledgerRowsWritten == 0 {
      lines.append("Nothing to do: the tables are at level 0014.")
    }
    lines.append("Task ids have up to \(report.taskIDMaxLength) characters.")
    if let prefix = report.periodicTaskNamePrefix {
      lines.append("The index on periodic_task_name covers its first \(prefix) characters: more do not fit.")
    }
    if let stated = report.otherStatedLength {
      lines.append(
        "\(TaskIDMaxLength.variable) says \(stated): Django and Python workers should be told "
          + "\(report.taskIDMaxLength), which the tables have."
      )
    }
    return lines
  }

  private static func json(_ report: MigrationReport) -> PythonValue {
    [
      "tables_made": .array(report.tablesMade.map { .string(PythonString($0)) }),
      "ledger_rows_written": .integer(Int64(report.ledgerRowsWritten)),
      "task_id_max_length": .integer(Int64(report.taskIDMaxLength)),
      "periodic_task_name_prefix": report.periodicTaskNamePrefix.map { .integer(Int64($0)) } ?? .null,
    ]
  }
}
