import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB

/// The subcommand `forget`.
struct ForgetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forget",
    abstract: "Delete what is stored about tasks.",
    discussion: """
      A task about which nothing is stored is no error.

      EXAMPLES:
        celery-results forget 7e3c0c4e 91ab2
      """
  )

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The ids of the tasks.")
  var ids: [String]

  func run() async throws {
    try await connection.withBackend { backend in
      for id in ids { try await backend.forget(TaskID(id)) }
    }
  }
}
