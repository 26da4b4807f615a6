import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB

/// The subcommand `purge`.
struct PurgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(commandName: "purge", abstract: "Delete what has expired.")

  @OptionGroup var backend: BackendOptions

  @Option(help: "Delete what was stored so many seconds ago.")
  var olderThan = 86_400

  @Flag(help: "Do not follow the writes of others.")
  var unpaced = false

  @Flag(help: "Wait for a line on stdin between `ready` and the start.")
  var wait = false

  func run() async throws {
    let backend = try backend.backend()
    _ = try await backend.taskMeta(for: TaskID("nobody"))
    Start.ready(waiting: wait)
    let idle = ProcessUsage.residentMegabytes
    try ProcessUsage.forgetPeak()
    let cpu = ProcessUsage.processorSeconds
    let begin = ContinuousClock.now
    let deleted = try await backend.cleanup(
      CleanupPolicy(.after(.seconds(olderThan))),
      pace: unpaced ? .unpaced : .followsWrites
    )
    let elapsed = begin.duration(to: .now)
    Start.write(
      line: JSONLine([
        ("count", Double(deleted.tasks)), ("seconds", elapsed / .seconds(1)),
        ("client_cpu", ProcessUsage.processorSeconds - cpu),
        ("memory_mb", ProcessUsage.peakMegabytes - idle),
      ]).text
    )
    await backend.shutDown()
  }
}
