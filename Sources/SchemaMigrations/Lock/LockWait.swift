/// One wait for the lock: until when, and what the user has been told of it.
struct LockWait: Sendable {
  let options: MigrationLock.Options
  private let start = ContinuousClock.now
  private var told: String?

  init(_ options: MigrationLock.Options) {
    self.options = options
  }

  private var timeout: Duration { max(.seconds(1), options.timeout) }

  /// Tells the user whom the wait is for, once for each.
  mutating func tell(waitingFor holder: LockHolder?) {
    let name = holder?.name ?? "another connection"
    guard told != name, start.duration(to: .now) >= .seconds(1) else { return }
    told = name
    options.tell("waiting for another migration (\(holder?.description ?? name)) …")
  }

  /// Throws when the time is over.
  ///
  /// - Parameter reason: What stood in the way, where it was not, or not only, the holder.
  func check(_ holder: LockHolder?, because reason: (any Error)? = nil) throws(MigrationError) {
    guard start.duration(to: .now) >= timeout else { return }
    let who = holder?.description ?? "another connection"
    let why = reason.map { " The last attempt ended with: \($0)." } ?? ""
    throw MigrationError(
      .locked,
      "Another migration of this database (\(who)) did not end within \(timeout.components.seconds) seconds."
        + why
        + (holder.map { " If it hangs, end it\($0.node.map { " on \($0)" } ?? ""): KILL \($0.connectionID)" }
          ?? "")
    )
  }
}
