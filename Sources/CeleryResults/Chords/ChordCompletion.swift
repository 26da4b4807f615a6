#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A chord whose parts are all ready, claimed by one caller, who is to send the body.
public struct ChordCompletion: Sendable {
  /// The header's group.
  public let group: TaskID
  /// What is to be sent, under its own task id; nil where it is not known.
  ///
  /// Then the chord was made by a Python worker, and the part's message has it.
  public let body: ChordBody?
  /// The values that the body gets, or the error that is stored for it.
  public let outcome: ChordOutcome
  /// Until when the completion is this caller's alone, by the backend's clock.
  ///
  /// Nil where there is nowhere to keep a lease: then the completion is closed already.
  public let leasedUntil: Date?
  /// The claim's token.
  public let token: String
  private let backend: any ChordBackend

  /// Makes a completion.
  ///
  /// - Parameter backend: The backend on which it is closed.
  public init(
    group: TaskID,
    body: ChordBody?,
    outcome: ChordOutcome,
    leasedUntil: Date?,
    token: String,
    backend: any ChordBackend
  ) {
    self.group = group
    self.body = body
    self.outcome = outcome
    self.leasedUntil = leasedUntil
    self.token = token
    self.backend = backend
  }

  /// Notes that the body was sent, or its error stored.
  ///
  /// - Returns: False when it came too late: the lease had ended, and somebody else has claimed the completion,
  ///   with the same task id for the body.
  /// - Throws: The backend's own error. Closing again is safe.
  @discardableResult
  public func close() async throws -> Bool {
    guard leasedUntil != nil else { return true }
    return try await backend.closeChord(group, claimedBy: token)
  }
}
