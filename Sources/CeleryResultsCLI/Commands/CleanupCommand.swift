import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB

/// The subcommand `cleanup`.
struct CleanupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cleanup",
    abstract: "Delete results that have expired.",
    discussion: """
      What is older than CELERY_RESULT_EXPIRES (seconds; one day by default, 0 for never) is deleted, in \
      small transactions. So are chords that were closed, or of which nothing has been stored, for the longest of \
      the times given; the results of the parts of other chords stay. It can be stopped and run again, and \
      several can run at once.

      While others write to the server it pauses after each transaction, about two thirds of the time and more \
      when the server is busy, so that they notice little of it. While nobody writes, and with --unpaced, it \
      goes as fast as the server can.

      Of the --task options that fit a task the most exact one counts. Where a --task and a --state fit, the \
      longer time counts.

      EXAMPLES:
        celery-results cleanup
        celery-results cleanup --older-than 7d --dry-run
        celery-results cleanup --state FAILURE=30d --task 'proj.ticks.*=1h'
        celery-results cleanup --task proj.invoice=never
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

  @Option(
    help: .init(
      "Another time for a state: FAILURE=30d, RETRY=never. May be given several times.",
      valueName: "state=time"
    )
  )
  var state: [ExpiryRule] = []

  @Option(
    help: .init(
      "Another time for a task, or for tasks whose names begin so: 'proj.*=7d'. May be given several times.",
      valueName: "name=time"
    )
  )
  var task: [ExpiryRule] = []

  @Flag(help: "Say how much would be deleted, and delete nothing.")
  var dryRun = false

  @Flag(help: "Do not pause for others that write to the server.")
  var unpaced = false

  func validate() throws {
    for (rules, option) in [(state, "--state"), (task, "--task")] {
      let names = rules.map(\.name)
      if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
        throw ValidationError("\(option) \(twice) is given twice")
      }
    }
  }

  func run() async throws {
    try await connection.withBackend { backend in
      let policy = try policy(backend.configuration.resultExpires)
      if dryRun {
        try write(try await backend.expiredResults(policy))
        return
      }
      do {
        let deleted = try await backend.cleanup(policy, pace: unpaced ? .unpaced : .followsWrites) {
          deleted in
          Terminal.progress("deleted \(Self.counts(deleted))")
        }
        Terminal.endProgress()
        try write(deleted)
      } catch {
        Terminal.endProgress()
        throw error
      }
    }
  }

  private func policy(_ resultExpires: Duration?) throws -> CleanupPolicy {
    let expiry = (olderThan?.duration ?? resultExpires).map(CleanupPolicy.Expiry.after) ?? .never
    guard expiry != .never || !state.isEmpty || !task.isEmpty else {
      throw ToolError("results never expire (CELERY_RESULT_EXPIRES=0): say --older-than")
    }
    return CleanupPolicy(
      expiry,
      states: .init(uniqueKeysWithValues: state.map { (TaskState(rawValue: $0.name), $0.expiry) }),
      taskNames: .init(uniqueKeysWithValues: task.map { (CleanupPolicy.TaskName($0.name), $0.expiry) })
    )
  }

  private func write(_ result: CleanupResult) throws {
    switch output.format {
    case .text:
      try StandardOutput.write(line: (dryRun ? "Would delete " : "Deleted ") + Self.counts(result) + ".")
    case .json:
      try StandardOutput.write(
        line: PythonJSON.encode([
          "tasks": .integer(Int64(result.tasks)), "groups": .integer(Int64(result.groups)),
          "chord_counters": .integer(Int64(result.chordCounters)),
          "chords": .integer(Int64(result.chords)), "dry_run": .bool(dryRun),
        ])
      )
    }
  }

  private static func counts(_ result: CleanupResult) -> String {
    "\(result.tasks) tasks, \(result.groups) groups, \(result.chordCounters) chord counters and "
      + "\(result.chords) chords"
  }
}
