/// Who claims the completion of a chord, and for how long.
public struct ChordClaim: Hashable, Sendable {
  /// What this claim is told by.
  ///
  /// It is made before the claim, so that a call whose answer was lost can be made again.
  public var token: String
  /// How long the completion is this caller's alone, by the backend's clock.
  public var lease: Duration

  /// Five minutes.
  public static let standardLease = Duration.seconds(300)

  /// Makes a claim.
  public init(token: String = TaskID.random().rawValue, lease: Duration = standardLease) {
    self.token = token
    self.lease = lease
  }
}
