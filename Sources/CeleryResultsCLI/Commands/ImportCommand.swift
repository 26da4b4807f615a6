import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient

/// The subcommand `import`.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Bring over the results of Celery's own database backend (db+mysql://).",
    discussion: """
      Reads celery_taskmeta and celery_tasksetmeta, 500 rows at a time, and writes the results into the tables of \
      django-celery-results. Pickles are read without executing anything and written as --serializer says; a value \
      that it has no form for stays a pickle. What is there already is left as it is, unless it was not ready and is so \
      now: the command can be stopped and run again, also while workers still store in Celery's own tables. These are \
      not changed.

      EXAMPLES:
        celery-results import --dry-run
        celery-results import --from db+mysql://celery:secret@old.example.com/celery
      """
  )

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  @Option(
    help: .init("The server that has Celery's own tables. Default: the one of --url.", valueName: "url")
  )
  var from: String?

  @Option(help: .init("The table of tasks, where database_table_names says otherwise.", valueName: "name"))
  var taskTable = "celery_taskmeta"

  @Option(help: .init("The table of groups, where database_table_names says otherwise.", valueName: "name"))
  var groupTable = "celery_tasksetmeta"

  @Option(
    help: .init(
      "How results are written: json, pickle, yaml or msgpack. Default: CELERY_RESULT_SERIALIZER, else json.",
      valueName: "name"
    )
  )
  var serializer: String?

  @Flag(help: "Read, decode and count, and write nothing.")
  var dryRun = false

  func validate() throws {
    guard serializer.map({ ResultSerializer($0) != nil }) ?? true else {
      throw ValidationError("--serializer must be json, pickle, yaml or msgpack")
    }
  }

  func run() async throws {
    let settings = try await connection.settings()
    var server = try connection.connection(settings)
    if let from {
      let place = try BackendURL.configuration(from, from: "--from")
      server = place
      server.programName = "celery-results"
      server.optionFiles = try connection.connection(settings).optionFiles
    }
    let source = MariaDBClient(
      configuration: .init(server, pool: .init(maximumConnections: 1)),
      logger: connection.logger()
    )
    do {
      try await run(from: source)
    } catch {
      Terminal.endProgress()
      await source.shutDown()
      throw error
    }
    await source.shutDown()
  }

  private func run(from source: MariaDBClient) async throws {
    try await connection.withBackend {
      if let chosen = serializer.flatMap({ ResultSerializer($0) }) { $0.resultSerializer = chosen }
    } _: { backend in
      let work = SQLAlchemyImport(from: source, to: backend, taskTable: taskTable, groupTable: groupTable)
      let report = try await work.run(dryRun: dryRun) { report in
        Terminal.progress(
          "tasks: \(report.tasks.read) of \(report.tasks.total), groups: \(report.groups.read) of "
            + "\(report.groups.total)"
        )
      }
      Terminal.endProgress()
      try show(report)
    }
  }

  private func show(_ report: SQLAlchemyImportReport) throws {
    for failure in report.failures {
      Terminal.say("not brought over: \(Terminal.harmless(failure.id.rawValue)): \(failure.reason)")
    }
    if report.lacksGroupTable {
      Terminal.say("groups were left out: there is no table for them; run celery-results migrate")
    }
    switch output.format {
    case .text:
      try StandardOutput.write(line: text("tasks", report.tasks) + "\n" + text("groups", report.groups))
    case .json:
      try StandardOutput.write(
        line: PythonJSON.encode([
          "dry_run": .bool(dryRun), "tasks": Self.json(report.tasks), "groups": Self.json(report.groups),
        ])
      )
    }
    if report.tasks.failed + report.groups.failed > 0 || report.lacksGroupTable { throw ToolExit.failure }
  }

  private func text(_ name: String, _ counts: SQLAlchemyImportReport.Counts) -> String {
    "\(name): \(counts.imported) \(dryRun ? "to bring over" : "brought over")"
      + (counts.keptAsPickle > 0 ? " (\(counts.keptAsPickle) as pickle)" : "")
      + ", \(counts.existing) there already"
      + (counts.updated > 0 ? ", \(counts.updated) \(dryRun ? "to bring" : "brought") up to date" : "")
      + (counts.notStored > 0 ? ", \(counts.notStored) pending" : "")
      + (counts.withoutID > 0 ? ", \(counts.withoutID) without id" : "")
      + (counts.failed > 0 ? ", \(counts.failed) failed" : "")
  }

  private static func json(_ counts: SQLAlchemyImportReport.Counts) -> PythonValue {
    [
      "imported": PythonValue(counts.imported), "existing": PythonValue(counts.existing),
      "updated": PythonValue(counts.updated), "without_id": PythonValue(counts.withoutID),
      "pending": PythonValue(counts.notStored), "kept_as_pickle": PythonValue(counts.keptAsPickle),
      "failed": PythonValue(counts.failed),
    ]
  }
}
