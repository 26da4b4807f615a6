import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB

/// The subcommand `wait`.
struct WaitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wait",
    abstract: "Wait for results, and say when each came: nanoseconds of the monotonic clock, and the id."
  )

  @OptionGroup var backend: BackendOptions

  @Option(help: "A file of ids to wait for.")
  var ids: String

  @Flag(help: "Follow the server's binary log instead of asking again and again.")
  var push = false

  func run() async throws {
    let backend = try backend.backend(followsBinaryLog: push)
    let known = try TaskIDs.read(ids)
    try await withThrowingTaskGroup(of: (TaskID, Int).self) { group in
      for id in known {
        group.addTask {
          _ = try await AsyncResult(id, as: BenchmarkResult.self, backend: backend).get()
          return (id, ProcessUsage.monotonicNanoseconds)
        }
      }
      Start.ready(waiting: false)
      var lines: [String] = []
      // Printed when all have returned, so that nobody waits for whoever reads.
      for try await (id, time) in group { lines.append("\(time) \(id.rawValue)") }
      for line in lines { Start.write(line: line) }
    }
    await backend.shutDown()
  }
}
