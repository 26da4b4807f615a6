import ArgumentParser
import CeleryResults
import MariaDBClient
import ResultSchema
import SchemaMigrations

/// The subcommand `migrate`.
struct MigrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate",
    abstract: "Make the tables or bring them up to date, and note it in Django's ledger.",
    discussion: """
      Task ids have as many characters as DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH says: 255 by default; auto \
      takes the most that fit on the server. Where an index would be too long nothing is changed, and the \
      commands that help are printed. Running it again is safe, and finishes a run that was interrupted.

      EXAMPLES:
        celery-results migrate
        celery-results migrate --plan
        celery-results migrate --sql --to 0009
        celery-results migrate --fix
        DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=191 celery-results migrate
      """
  )

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var tables: TableOptions

  @Flag(help: "Say what would be done, and do nothing.")
  var plan = false

  @Flag(help: "Print the SQL that would be run, and run nothing.")
  var sql = false

  @Option(name: .customLong("to"), help: .init("The last migration to apply: 0009, say.", valueName: "name"))
  var target: String?

  @Flag(help: "Where something does not fit, take the first remedy that loses nothing.")
  var fix = false

  @Flag(help: "Do not make celery_results_chord, the table of this project's own.")
  var noChordTable = false

  @Flag(help: "Let the server copy big tables, though nobody can store meanwhile.")
  var allowCopy = false

  @Option(help: .init("How long to wait while another migration is at work.", valueName: "time"))
  var lockTimeout: Age?

  func validate() throws {
    if let target, CeleryMigration(prefix: target) == nil {
      throw ValidationError("--to \(target) is not the beginning of one migration's name, 0001 to 0014")
    }
    if plan, sql { throw ValidationError("--plan or --sql, not both") }
    if sql, output.format == .json {
      throw ValidationError("--sql prints SQL; --plan --format json has the same statements as JSON")
    }
  }

  func run() async throws {
    let settings = try await connection.settings()
    let configuration = try connection.connection(settings)
    var options = try await tables.migratorOptions(
      settings,
      configuration,
      command: ([ProcessArguments.toolName, "migrate"] + connection.words()).joined(separator: " ")
    )
    options.level = target.flatMap(CeleryMigration.init(prefix:)) ?? .newest
    options.fixes = fix
    options.makesChordTable = !noChordTable
    if allowCopy { options.copyLimit = .max }
    if let lockTimeout { options.lockTimeout = lockTimeout.duration }
    let migrator = Migrator(connection: configuration, options: options, logger: connection.logger())
    if sql {
      let (plan, refusal) = try await migrator.plan()
      // SQL that would end in the middle is not for a pipe; that a table is copied is for its reader to decide.
      if let refusal, refusal.code != .copiesTable { throw refusal }
      if !plan.sql.isEmpty { try StandardOutput.write(line: String(plan.sql.dropLast())) }
      if let refusal { throw refusal }
    } else if plan {
      let (plan, refusal) = try await migrator.plan()
      try output.write(MigrationPlanOutput(plan: plan))
      if let refusal { throw refusal }
    } else {
      let progress = MigrationProgressOutput(isShown: output.format == .text)
      let report = try await migrator.migrate { progress.tell($0) }
      try output.write(MigrationReportOutput(report: report))
    }
  }
}
