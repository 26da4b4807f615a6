import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB

/// The subcommand `wait`.
struct WaitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wait",
    abstract: "Wait until a task or a group is ready, and show its result.",
    discussion: """
      The exit code is 0 when the task succeeded, 1 when it failed or was revoked, 3 when it was not ready in time.
      With --group all tasks of a saved group are waited for, and the exit code is 1 when any of them failed or was \
      revoked.

      EXAMPLES:
        celery-results wait 7e3c0c4e --timeout 10
        celery-results wait 7e3c0c4e --timeout 1h --format json
        celery-results wait --group c1d5 --format json
        celery-results wait 7e3c0c4e --follow-binary-log
      """
  )

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The id of the task, or of the group.")
  var id: String

  @Flag(help: "The id is that of a saved group: wait for all of its tasks.")
  var group = false

  @Option(help: .init("How long to wait: 10, 90s, 5m, 1h. Default: for ever.", valueName: "time"))
  var timeout: Age?

  @OptionGroup var waiting: WaitingOptions

  func run() async throws {
    try await connection.withBackend(waiting: waiting) { backend in
      if group {
        let status = try await GroupCommand.restore(id, from: backend).wait(timeout: timeout?.duration)
        try output.write(GroupReport(status, withResults: true))
        if status.tasks.contains(where: \.state.propagates) { throw ToolExit.failure }
        return
      }
      let result = AsyncResult<PythonValue>(TaskID(id), backend: backend)
      let meta = try await result.wait(timeout: timeout?.duration)
      try meta.show(output.format)
      if meta.state.propagates { throw ToolExit.failure }
    }
  }
}
