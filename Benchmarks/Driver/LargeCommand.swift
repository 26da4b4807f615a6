import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient

/// The subcommand `large`.
struct LargeCommand: AsyncParsableCommand {
  /// What is done with the result.
  enum Action: String, CaseIterable, ExpressibleByArgument {
    /// Makes the value and stores it.
    case store
    /// Reads the row and leaves its JSON as it is.
    case row
    /// Reads it as a `PythonValue`.
    case value
    /// Reads it as a Swift value.
    case typed
  }

  static let configuration = CommandConfiguration(
    commandName: "large",
    abstract: "Store or read one large result, and say how much memory that takes at most."
  )

  @OptionGroup var backend: BackendOptions

  @Option(help: "What to do.")
  var action: Action

  @Option(help: "What the result is.")
  var form: LargeResult

  @Option(help: "How many bytes its JSON has.")
  var bytes: Int

  @Option(help: "How many callers do it at once, each on a connection of its own.")
  var callers = 1

  func run() async throws {
    let backend = DatabaseBackend(
      client: .init(
        try .init(url: backend.url),
        pool: PoolConfiguration(maximumConnections: max(backend.connections, callers))
      ),
      configuration: configuration,
      batching: callers > 1 ? nil : BatchingConfiguration()
    )
    _ = try await backend.taskMeta(for: TaskID("nobody"))
    let idle = ProcessUsage.residentMegabytes
    try ProcessUsage.forgetPeak()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<callers { group.addTask { try await perform(backend) } }
      try await group.waitForAll()
    }
    let size = Double(bytes * callers) / Double(1 << 20)
    Start.write(
      line: JSONLine([
        ("peak_over_size", (ProcessUsage.peakMegabytes - idle) / size),
        ("kept_over_size", (ProcessUsage.residentMegabytes - idle) / size),
      ]).text
    )
    await backend.shutDown()
  }

  private var configuration: ResultBackendConfiguration {
    var configuration = ResultBackendConfiguration()
    // What is not accepted is not decoded.
    if action == .row { configuration.acceptContent = [] }
    return configuration
  }

  private func perform(_ backend: DatabaseBackend) async throws {
    guard action != .store else {
      return try await backend.storeResult(form.value(bytes: bytes), for: form.id, state: .success)
    }
    let result = try await backend.taskMeta(for: form.id)
    guard result.state == .success else { throw ValidationError("store it before") }
    switch action {
    case .store, .row: break
    case .value: _ = try result.result
    case .typed: _ = try form.count(in: result)
    }
  }
}
