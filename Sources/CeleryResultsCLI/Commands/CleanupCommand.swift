import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB

/// The subcommand `cleanup`.
struct CleanupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cleanup",
    abstract: "Delete results that have expired.",
    discussion: """
      What is older than CELERY_RESULT_EXPIRES (seconds; one day by default, 0 for never) is deleted, 1,000 rows \
      in a transaction. It can be stopped and run again.

      EXAMPLES:
        celery-results cleanup
        celery-results cleanup --older-than 7d
      """
  )

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  @Option(
    help: .init(
      "Delete what was stored longer ago: 3600, 12h, 7d. Default: CELERY_RESULT_EXPIRES.",
      valueName: "time"
    )
  )
  var olderThan: Age?

  func run() async throws {
    try await connection.withBackend { backend in
      guard let age = olderThan?.duration ?? backend.configuration.resultExpires else {
        throw ToolError("results never expire (CELERY_RESULT_EXPIRES=0): say --older-than")
      }
      let deleted: CleanupResult
      do {
        deleted = try await backend.cleanup(olderThan: age) { deleted in
          Terminal.progress("deleted \(deleted.tasks) tasks, \(deleted.groups) groups")
        }
      } catch {
        Terminal.endProgress()
        throw error
      }
      Terminal.endProgress()
      switch output.format {
      case .text:
        try StandardOutput.write(line: "Deleted \(deleted.tasks) tasks and \(deleted.groups) groups.")
      case .json:
        try StandardOutput.write(
          line: PythonJSON.encode([
            "tasks": .integer(Int64(deleted.tasks)), "groups": .integer(Int64(deleted.groups)),
          ])
        )
      }
    }
  }
}
