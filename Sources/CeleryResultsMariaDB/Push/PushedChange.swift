import CeleryResults

/// What a follower of the binary log tells those who wait for results.
enum PushedChange: Sendable, Hashable {
  /// From now on every change is told; what came before is to be looked at once.
  case began
  /// Tasks that are ready, or may be.
  ///
  /// The server shows their rows to others at about this time, which may be a moment later.
  case ready([TaskID])
  /// Something changed that cannot be told: all is to be looked at once.
  case anything
  /// Changes are no longer told.
  case ended
}
