import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB

/// The subcommand `list`.
struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List results, those stored last first.",
    discussion: """
      Pages go by key: a page begins after the last result of the page before, whatever was stored meanwhile.

      EXAMPLES:
        celery-results list --limit 50
        celery-results list --state FAILURE --state RETRY --since 2h
        celery-results list --task-name shop.charge --since 2026-01-01
        celery-results list --limit 50 --after 1767225600000000_42
      """
  )

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  @Option(help: .init("Only results in this state. May be given several times.", valueName: "state"))
  var state: [String] = []

  @Option(help: .init("Only results of tasks of this name.", valueName: "name"))
  var taskName: String?

  @Option(help: .init("Only results from this worker.", valueName: "name"))
  var worker: String?

  @Option(
    help: .init(
      "Only results stored then or later: 2026-01-31, 2026-01-31T10:00:00Z (without an offset: UTC), or 2h for 2 hours ago.",
      valueName: "time"
    )
  )
  var since: Moment?

  @Option(help: .init("Only results stored before.", valueName: "time"))
  var until: Moment?

  @Option(help: .init("How many results.", valueName: "number"))
  var limit = 20

  @Option(help: .init("Where the page begins, as the page before says.", valueName: "key"))
  var after: String?

  func validate() throws {
    guard (1...10_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 10000") }
    guard after.map({ TaskResultCursor($0) != nil }) ?? true else {
      throw ValidationError("--after is no key that a page has printed")
    }
  }

  func run() async throws {
    let query = TaskResultQuery(
      states: Set(state.map(TaskState.init(rawValue:))),
      taskName: taskName,
      worker: worker,
      doneSince: since?.date,
      doneUntil: until?.date,
      limit: limit,
      after: after.flatMap(TaskResultCursor.init)
    )
    try await connection.withBackend { backend in
      let page = try await backend.listResults(matching: query)
      switch output.format {
      case .text: try show(page)
      case .json:
        try StandardOutput.write(
          line: PythonJSON.encode([
            "results": .array(page.results.map(\.readableMeta)),
            "next": page.next.map { .string(PythonString($0.description)) } ?? .null,
          ])
        )
      }
    }
  }

  private func show(_ page: TaskResultPage) throws {
    var table = TextTable(["TASK ID", "STATE", "NAME", "WORKER", "DONE"])
    for result in page.results {
      table.rows.append(
        [
          result.id.rawValue, result.state.rawValue, result.name ?? "", result.worker ?? "",
          result.dateDone.map(TaskResult.text) ?? "",
        ].map { Terminal.harmless($0) }
      )
    }
    try StandardOutput.write(line: table.text)
    if let next = page.next { Terminal.say("More: add --after \(next)") }
  }
}
