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

/// Where a page of chords ended.
public struct ChordCursor: Hashable, Sendable {
  /// The number of the chord's row.
  public var rowID: Int64
  /// Whether the row is that of a chord that only Python workers have counted.
  public var isCounterOnly: Bool

  /// Makes a cursor.
  public init(rowID: Int64, isCounterOnly: Bool = false) {
    self.rowID = rowID
    self.isCounterOnly = isCounterOnly
  }
}

/// Some chords, and where the next page begins.
public struct ChordPage: Hashable, Sendable {
  /// The chords.
  public var chords: [ChordStatus]
  /// Where the next page begins; nil when there is none.
  public var next: ChordCursor?

  /// Makes a page.
  public init(chords: [ChordStatus], next: ChordCursor? = nil) {
    self.chords = chords
    self.next = next
  }
}
