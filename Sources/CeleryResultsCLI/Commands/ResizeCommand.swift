import ArgumentParser
import CeleryResults
import SchemaMigrations

/// The subcommand `resize`.
struct ResizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resize",
    abstract: "Give task ids, task names and group ids another length, in tables that are in use.",
    discussion: """
      What is stored is looked at first: where a value would not fit, or an index, nothing is changed, and it is \
      said what helps. Each table is one statement, online where the server can do it so. A run that was \
      interrupted is finished by the next.

      EXAMPLES:
        celery-results resize 191 --plan
        celery-results resize 191
      """
  )

  @Argument(help: .init("Characters of task ids, task names and group ids.", valueName: "n"))
  var length: Int

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  @Flag(help: "Say what would be done and what it costs, and do nothing.")
  var plan = false

  @Flag(help: "Print the SQL that would be run, and run nothing.")
  var sql = false

  @Flag(help: "Let the server copy big tables, though nobody can store meanwhile.")
  var allowCopy = false

  @Option(help: .init("How many ids to list of rows that do not fit.", valueName: "n"))
  var limit = 20

  @Option(help: .init("How long to wait while another migration is at work.", valueName: "time"))
  var lockTimeout: Age?

  func validate() throws {
    if length < 1 { throw ValidationError("a length is at least 1, not \(length)") }
    if limit < 0 { throw ValidationError("--limit is at least 0, not \(limit)") }
    if plan, sql { throw ValidationError("--plan or --sql, not both") }
  }

  func run() async throws {
    let settings = try await connection.settings()
    let resizer = Resizer(
      connection: try connection.connection(settings),
      length: length,
      options: options,
      logger: connection.logger()
    )
    if sql {
      let plan = try await resizer.plan()
      if let refusal = plan.refusal { throw refusal }
      if !plan.sql.isEmpty { try StandardOutput.write(line: String(plan.sql.dropLast())) }
    } else if plan {
      let plan = try await resizer.plan()
      try output.write(ResizePlanOutput(plan: plan))
      if let refusal = plan.refusal { throw refusal }
    } else {
      let isText = output.format == .text
      let progress = MigrationProgressOutput(isShown: isText)
      let report = try await resizer.resize { plan in
        guard isText, !plan.steps.isEmpty else { return }
        for line in ResizePlanOutput(plan: plan).costs { StandardOutput.note(line: line) }
      } progress: {
        progress.tell($0)
      }
      try output.write(ResizeReportOutput(report: report))
    }
  }

  private var options: Resizer.Options {
    func command(_ name: String) -> String {
      ([ProcessArguments.toolName, name] + connection.words()).joined(separator: " ")
    }
    var options = Resizer.Options()
    if allowCopy { options.copyLimit = .max }
    if let lockTimeout { options.lockTimeout = lockTimeout.duration }
    options.listedIDs = limit
    options.command = command("resize")
    options.migrateCommand = command("migrate")
    return options
  }
}
