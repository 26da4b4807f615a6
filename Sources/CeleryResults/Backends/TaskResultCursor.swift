#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A place in a list of results that stays where it is when results come and go: the key of the last one seen.
///
/// Its text can be handed to another program and back.
public struct TaskResultCursor: Hashable, Sendable, LosslessStringConvertible {
  /// When the last result seen was stored, in microseconds since 1970.
  public let microsecondsSince1970: Int64
  /// The backend's number of the last result seen, which tells results of the same moment apart.
  public let rowID: Int64

  /// Makes a cursor of the key of the last result seen.
  public init(dateDone: Date, rowID: Int64) {
    let microseconds = (dateDone.timeIntervalSince1970 * 1_000_000).rounded()
    self.microsecondsSince1970 = Int64(exactly: microseconds) ?? (microseconds < 0 ? .min : .max)
    self.rowID = rowID
  }

  /// Reads a cursor from its text; nil when the text is none.
  public init?(_ description: String) {
    let parts = description.split(separator: "_", omittingEmptySubsequences: false)
    guard parts.count == 2, let microseconds = Int64(parts[0]), let rowID = Int64(parts[1]) else {
      return nil
    }
    self.microsecondsSince1970 = microseconds
    self.rowID = rowID
  }

  /// When the last result seen was stored.
  public var dateDone: Date {
    Date(timeIntervalSince1970: Double(microsecondsSince1970) / 1_000_000)
  }

  /// The cursor as text.
  public var description: String { "\(microsecondsSince1970)_\(rowID)" }
}
