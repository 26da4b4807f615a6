/// Judges whether the holder of a cluster's lock is gone: it has given no sign for a time in which others' writes
/// went through.
///
/// Time in which nothing can be written does not count: an ALTER TABLE stops every commit in the cluster, the
/// holder's signs as well.
package struct HolderWatch: Sendable {
  /// What the holder changes with each sign.
  package struct Sign: Sendable, Hashable {
    let owner: String
    let heartbeat: UInt64

    package init(owner: String, heartbeat: UInt64) {
      self.owner = owner
      self.heartbeat = heartbeat
    }
  }

  /// How long the holder may be silent.
  private let limit: Duration
  private var lastSign: Sign?
  private var lastTime: ContinuousClock.Instant
  /// How long it has been silent, as far as that counts.
  private var silence: Duration = .zero
  /// How long nothing could be written since its last sign.
  private var stillness: Duration = .zero

  /// How long to wait from one look to the next.
  package let pace: Duration

  package init(limit: Duration, since start: ContinuousClock.Instant = .now) {
    self.limit = limit
    lastTime = start
    pace = min(.seconds(1), limit / 10)
  }

  /// Notes what was seen right after a write of one's own went through.
  ///
  /// - Returns: Whether the holder has been silent for too long.
  package mutating func notes(_ sign: Sign, at time: ContinuousClock.Instant) -> Bool {
    let elapsed = lastTime.duration(to: time)
    // A look that came late, because a write had to wait, counts no more than one that came in time.
    let counted = min(elapsed, pace * 2)
    if lastSign == sign {
      silence += counted
      stillness += elapsed - counted
    } else {
      silence = .zero
      stillness = lastSign == nil ? elapsed - counted : .zero
    }
    lastSign = sign
    lastTime = time
    // The holder's node may need longer for the same ALTER TABLE than the one that is seen here: twice as long.
    return silence >= limit + stillness
  }
}
