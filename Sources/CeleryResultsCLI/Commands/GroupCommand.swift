import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB

/// The subcommand `group`.
struct GroupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "group",
    abstract: "Show the tasks of a saved group and their states; save or delete a group.",
    discussion: """
      A group is there when it was saved: GroupResult.save() in Celery. The exit code is 3 when it was not.
      What the tasks returned is shown by: wait --group ID --format json.

      EXAMPLES:
        celery-results group c1d5
        celery-results group c1d5 --format json
        celery-results group c1d5 --save 7e3c0c4e 91ab2
        celery-results group c1d5 --delete
      """
  )

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The id of the group.")
  var id: String

  @Option(
    parsing: .upToNextOption,
    help: .init(
      "Save a group of these tasks, in their order, over one that has this id.",
      valueName: "task-id"
    )
  )
  var save: [String] = []

  @Flag(help: "Delete the saved group, but not the results of its tasks.")
  var delete = false

  func validate() throws {
    guard !id.isEmpty, !save.contains("") else { throw ValidationError("an id is empty") }
    guard save.isEmpty || !delete else { throw ValidationError("--save and --delete exclude each other") }
  }

  func run() async throws {
    try await connection.withBackend { backend in
      if !save.isEmpty {
        let members = save.map { ResultReference(TaskID($0)) }
        try await backend.saveGroup(ResultReference(TaskID(id), children: members))
      } else if delete {
        try await Self.delete(id, from: backend)
      } else {
        try output.write(GroupReport(try await Self.restore(id, from: backend).status()))
      }
    }
  }

  /// The group, or an error with the code of what is not there.
  static func restore(
    _ id: String,
    from backend: some ResultBackend
  ) async throws -> GroupResult<PythonValue> {
    guard let group = try await backend.restoreGroup(TaskID(id), as: PythonValue.self) else {
      throw notSaved(id)
    }
    return group
  }

  private static func delete(_ id: String, from backend: some ResultBackend) async throws {
    do {
      try await backend.deleteGroup(TaskID(id))
    } catch let error as ResultError where error.code == .unknownGroup {
      throw notSaved(id)
    }
  }

  private static func notSaved(_ id: String) -> ToolError {
    ToolError("no group \(Terminal.harmless(id)) is saved", code: ToolExit.notThere)
  }
}
