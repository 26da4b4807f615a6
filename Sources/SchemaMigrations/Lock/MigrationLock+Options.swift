extension MigrationLock {
  /// How to wait for the lock.
  package struct Options: Sendable {
    /// How long to wait while another migration is at work; at least a second.
    package var timeout: Duration
    /// On a cluster: how long the holder must have given no sign, while this connection's own writes went
    /// through, until the lock is taken from it.
    ///
    /// The same for all who migrate one database: the holder gives a sign six times in this time.
    package var takeOverAfter: Duration
    /// Is given a line for the user when there is something to wait for, or a lock was taken over.
    package var tell: @Sendable (String) -> Void

    /// Makes options.
    package init(
      timeout: Duration = .seconds(60),
      takeOverAfter: Duration = .seconds(30),
      tell: @escaping @Sendable (String) -> Void = { _ in }
    ) {
      self.timeout = timeout
      self.takeOverAfter = takeOverAfter
      self.tell = tell
    }
  }
}
