import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB

/// The subcommand `get`.
struct GetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "get",
    abstract: "Show what is stored about a task.",
    discussion: """
      The exit code is 3 when nothing is stored. With --format json it is one object with the keys that Celery's \
      own meta has. Results in every content type are shown; nothing in them is executed.

      EXAMPLES:
        celery-results get 7e3c0c4e
        celery-results get 7e3c0c4e --format json
      """
  )

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The id of the task.")
  var id: String

  func run() async throws {
    try await connection.withBackend { backend in
      let meta = try await backend.taskMeta(for: TaskID(id))
      guard meta.state != .pending else {
        throw ToolError("nothing is stored about task \(Terminal.harmless(id))", code: ToolExit.notThere)
      }
      try meta.show(output.format)
    }
  }
}

extension TaskResult {
  /// The result's meta; of one whose content cannot be read what is known, and why: in a list it must not hide the
  /// others.
  var readableMeta: PythonValue {
    do {
      return try celeryMeta(includingOtherColumns: true).forJSON
    } catch {
      return [
        "task_id": .text(id.rawValue),
        "status": .text(state.rawValue),
        "date_done": .text(dateDone.map(Self.text)),
        "content_type": .text(contentType.rawValue),
        "error": .text(error.description),
      ]
    }
  }

  /// Writes the result to standard output.
  func show(_ format: OutputFormat) throws {
    switch format {
    case .text: try StandardOutput.write(line: readableText())
    case .json:
      try StandardOutput.write(line: PythonJSON.encode(celeryMeta(includingOtherColumns: true).forJSON))
    }
  }
}
