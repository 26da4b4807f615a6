public import CeleryResults
public import Testing

extension BackendConformance {
  /// Makes a backend that runs chords.
  public typealias MakeChordBackend = @Sendable () async throws -> any ChordBackend

  /// One check of a backend that runs chords.
  public struct ChordCheck: Sendable, CustomTestStringConvertible {
    /// What is checked, in a sentence.
    public let name: String
    private let body: @Sendable (any ChordBackend) async throws -> Void

    init(_ name: String, body: @escaping @Sendable (any ChordBackend) async throws -> Void) {
      self.name = name
      self.body = body
    }

    /// Runs the check on a backend; what is wrong becomes an issue of the current test.
    public func run(on makeBackend: MakeChordBackend) async throws {
      try await body(await makeBackend())
    }

    /// The name of the check.
    public var testDescription: String { name }
  }

  /// All checks of a backend that runs chords.
  public static let chordChecks: [ChordCheck] = chordCountingChecks + chordClaimChecks + chordOutcomeChecks
}

/// A chord of a check's own.
struct CheckedChord {
  let backend: any ChordBackend
  let group: TaskID
  let parts: [TaskID]
  let body = ChordBody(task: "shop.total")

  /// Makes a chord, and notes it.
  init(_ backend: any ChordBackend, parts count: Int) async throws {
    self.backend = backend
    group = TaskID(BackendConformance.uniqueName("group"))
    parts = (0..<count).map { TaskID(BackendConformance.uniqueName("part\($0)")) }
    try await backend.applyChord(of: group, parts: parts, body: body)
  }

  /// Stores the result of a part: its number.
  func store(_ number: Int) async throws {
    try await backend.markAsDone(parts[number], result: number)
  }

  /// Counts a part.
  func count(
    _ number: Int,
    state: TaskState = .success,
    claim: ChordClaim = ChordClaim()
  ) async throws -> ChordCompletion? {
    try await backend.onChordPartReturn(
      ChordPart(id: parts[number], group: group, state: state),
      claim: claim
    )
  }

  /// Stores the result of a part and counts it, as a worker does.
  func deliver(_ number: Int, claim: ChordClaim = ChordClaim()) async throws -> ChordCompletion? {
    try await store(number)
    return try await count(number, claim: claim)
  }

  /// What is listed of the chord.
  func status() async throws -> ChordStatus? {
    var cursor: ChordCursor?
    repeat {
      let page = try await backend.listChords(limit: 10, after: cursor)
      if let status = page.chords.first(where: { $0.group == group }) { return status }
      cursor = page.next
    } while cursor != nil
    return nil
  }

  /// The completions of this chord among those that are claimed again.
  func claimCompleted(lease: Duration = ChordClaim.standardLease) async throws -> [ChordCompletion] {
    try await backend.claimCompletedChords(limit: 1_000, lease: lease).filter { $0.group == group }
  }
}
