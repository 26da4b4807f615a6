import ArgumentParser
import ResultSchema
import SchemaMigrations

/// The subcommand `doctor`.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say what is wrong with the tables, Django's ledger and the server, and the SQL that mends it.",
    discussion: """
      Faults should be mended; remarks are worth knowing only. --fix runs what loses nothing and lets others go on \
      storing: it adds indexes, nullable columns, tables and ledger rows that are missing, drops indexes that are \
      there twice, and makes rows DYNAMIC. The rest is listed. The exit code is 1 as long as a fault is left.

      EXAMPLES:
        celery-results doctor
        celery-results doctor --fix
        celery-results doctor --format json
      """
  )

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Run the SQL of what is safe to mend.")
  var fix = false

  @Option(help: .init("How long to wait while a migration is at work.", valueName: "time"))
  var lockTimeout: Age?

  func run() async throws {
    let settings = try await connection.settings()
    let configuration = try connection.connection(settings)
    var options = Migrator.Options()
    do {
      options.taskIDMaxLength = try settings.taskIDMaxLength()
    } catch { throw ToolError("\(error)") }
    if let lockTimeout { options.lockTimeout = lockTimeout.duration }
    let doctor = Doctor(connection: configuration, options: options, logger: connection.logger())
    let words = connection.words()
    if fix {
      let report = try await doctor.fix { Terminal.say($0) }
      try output.write(DoctorOutput(report: report, words: words))
      if report.hasFaults { throw ToolExit.failure }
    } else {
      let diagnosis = try await doctor.diagnose()
      try output.write(DoctorOutput(diagnosis: diagnosis, words: words))
      if !diagnosis.faults.isEmpty { throw ToolExit.failure }
    }
  }
}
