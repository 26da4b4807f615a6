import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB

/// The subcommand `store`.
struct StoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "store", abstract: "Store results.")

  @OptionGroup var backend: BackendOptions
  @OptionGroup var load: LoadOptions

  @Option(help: "The size of a result in bytes of JSON.")
  var bytes = 200

  @Flag(help: "Store STARTED before each SUCCESS.")
  var pairs = false

  @Option(help: "A file of ids of rows that exist, to store over; without it each result has a new id.")
  var ids: String?

  @Option(help: "Store so many results, and no longer for a time.")
  var count: Int?

  func run() async throws {
    let backend = try backend.backend()
    let result = BenchmarkResult(bytes: bytes)
    let known = try ids.map(TaskIDs.read) ?? []
    let startedMeta: PythonValue = ["pid": 4711, "hostname": "celery@benchmark"]
    let report = try await Load(options: load, limit: count).run { [pairs] caller in
      while let number = caller.next() {
        let id = known.isEmpty ? caller.ids.next() : known[number % known.count]
        if pairs { try await backend.markAsStarted(id, meta: startedMeta) }
        try await backend.markAsDone(id, result: result)
      }
    }
    Start.write(line: report.json)
    await backend.shutDown()
  }
}
