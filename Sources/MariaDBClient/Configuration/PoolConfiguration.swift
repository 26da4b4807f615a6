/// How many connections a client keeps and for how long.
public struct PoolConfiguration: Sendable, Hashable {
  /// The most connections at any time; at least 1.
  ///
  /// Size it for the server: each costs it a thread.
  public var maximumConnections = 8
  /// An unused connection is closed after this time.
  ///
  /// Keep it below the server's `wait_timeout`.
  public var idleTimeout: Duration = .seconds(60)
  /// A connection is closed, once nobody uses it, when it is this old, so that servers behind a load balancer
  /// are found again.
  ///
  /// Nil: no limit.
  public var maximumLifetime: Duration? = .seconds(3_600)
  /// The longest wait for a connection when all are in use.
  public var acquireTimeout: Duration = .seconds(30)

  /// Makes the default: 8 connections.
  public init() {}

  /// Makes a configuration with the default times.
  public init(maximumConnections: Int) {
    self.maximumConnections = maximumConnections
  }
}
