import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB

/// The subcommand `chords`.
struct ChordsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "chords",
    abstract: "List chords that are not closed, the oldest first.",
    discussion: """
      A chord is open while parts are missing; complete, unclaimed when all are ready and nobody sends its \
      body; claimed while somebody does; its lease expired when that was not closed in time; counted elsewhere \
      when a worker that knows no claims, Celery's own, has counted the last part; unreadable when what is stored \
      of it is damaged. Nothing is changed.

      EXAMPLES:
        celery-results chords
        celery-results chords --format json
        celery-results chords --bodies
      """
  )

  @OptionGroup var connection: ConnectionOptions
  @OptionGroup var output: OutputOptions

  @Flag(
    help: """
      Print the bodies of those that nobody sends, complete or with an expired lease, as one line of JSON each.
      """
  )
  var bodies = false

  @Option(help: .init("How many chords.", valueName: "number"))
  var limit = 100

  @Option(help: .init("Where the page begins, as the page before says.", valueName: "key"))
  var after: String?

  func validate() throws {
    guard (1...10_000).contains(limit) else { throw ValidationError("--limit must be from 1 to 10000") }
    guard after.map({ ChordCursor($0) != nil }) ?? true else {
      throw ValidationError("--after is no key that a page has printed")
    }
  }

  func run() async throws {
    try await connection.withBackend { backend in
      var page = try await backend.listChords(limit: limit, after: after.flatMap { ChordCursor($0) })
      if bodies { page.chords.removeAll { !$0.isToBeSent } }
      let report = ChordsOutput(page: page, showsBodies: bodies)
      try output.write(report)
      if output.format == .text, let next = page.next { Terminal.say("More: add --after \(next)") }
    }
  }
}
