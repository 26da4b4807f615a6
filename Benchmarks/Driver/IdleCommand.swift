import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient

/// The subcommand `idle`.
struct IdleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "idle",
    abstract: "Open all connections, and say how much memory is resident."
  )

  @OptionGroup var backend: BackendOptions

  func run() async throws {
    let options = backend
    let backend = try options.backend()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<options.connections {
        // Each is kept until all are open.
        group.addTask {
          try await backend.client.withConnection { connection in
            _ = try await connection.run { try $0.query("SELECT SLEEP(1)") }
          }
        }
      }
      try await group.waitForAll()
    }
    _ = try await backend.taskMeta(for: TaskID("nobody"))
    Start.write(line: JSONLine([("resident_mb", ProcessUsage.residentMegabytes)]).text)
    await backend.shutDown()
  }
}
