/// How concurrent calls share statements.
///
/// While one batch is on its way the next collects, and goes as soon as a connection is free: there is no timer,
/// and a lone caller waits for nobody.
public struct BatchingConfiguration: Sendable, Hashable {
  /// How many results one batch has at most; where fewer wait, the connections share them.
  ///
  /// A sixteenth less at most, 2ⁿ - 1, may be stored together: for so many new rows MariaDB reserves no id too many.
  public var maximumRows: Int
  /// How many bytes of results one batch has at most; a larger result goes alone.
  public var maximumBytes: Int
  /// How many batches are on their way at once.
  ///
  /// More connections make smaller batches. Where none has ended for a while, because a row is locked say, further
  /// ones are used, as far as the pool has any.
  public var maximumConnections: Int
  /// How many results may wait to be stored; whoever comes later waits before its result is encoded.
  public var maximumWaiting: Int

  /// Makes a configuration.
  ///
  /// - Parameters:
  ///   - maximumRows: How many results one batch has at most.
  ///   - maximumBytes: How many bytes of results one batch has at most.
  ///   - maximumConnections: How many batches are on their way at once.
  ///   - maximumWaiting: How many results may wait to be stored.
  public init(
    maximumRows: Int = 511,
    maximumBytes: Int = 1_048_576,
    maximumConnections: Int = 2,
    maximumWaiting: Int = 2_048
  ) {
    self.maximumRows = max(maximumRows, 1)
    self.maximumBytes = max(maximumBytes, 1)
    self.maximumConnections = max(maximumConnections, 1)
    self.maximumWaiting = max(maximumWaiting, 1)
  }
}
