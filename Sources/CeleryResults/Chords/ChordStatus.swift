#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// How far a chord that is not closed has come.
public struct ChordStatus: Hashable, Sendable {
  /// What is to happen next.
  public enum Phase: Hashable, Sendable {
    /// Parts are still to come.
    case open
    /// All parts are ready, and nobody has claimed the completion.
    case complete
    /// Somebody has claimed the completion, and has until then to close it.
    case claimed(until: Date)
    /// Somebody has claimed the completion, and has not closed it in time.
    case leaseExpired(since: Date)
    /// A worker that does not know of claims, such as Celery's own, has counted the last part.
    ///
    /// Whether it has sent the body is not known here.
    case countedElsewhere
    /// What is stored of it cannot be read: it is neither completed nor deleted.
    case unreadable
  }

  /// The header's group.
  public var group: TaskID
  /// The body, where it is known.
  public var body: ChordBody?
  /// How many parts there are.
  public var partCount: Int
  /// How many of them are ready.
  public var readyCount: Int
  /// What is to happen next.
  public var phase: Phase
  /// When the chord was noted; nil where that is not known.
  public var dateCreated: Date?

  /// Makes a status.
  public init(
    group: TaskID,
    body: ChordBody? = nil,
    partCount: Int,
    readyCount: Int,
    phase: Phase,
    dateCreated: Date? = nil
  ) {
    self.group = group
    self.body = body
    self.partCount = partCount
    self.readyCount = readyCount
    self.phase = phase
    self.dateCreated = dateCreated
  }
}

extension ChordStatus.Phase: CustomStringConvertible {
  /// The phase in two or three words.
  public var description: String {
    switch self {
    case .open: "open"
    case .complete: "complete, unclaimed"
    case .claimed: "claimed"
    case .leaseExpired: "lease expired"
    case .countedElsewhere: "counted elsewhere"
    case .unreadable: "unreadable"
    }
  }
}
