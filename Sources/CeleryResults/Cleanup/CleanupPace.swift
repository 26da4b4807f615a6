/// How fast a cleanup deletes.
public struct CleanupPace: Hashable, Sendable {
  private enum Value {
    case followsWrites
    case unpaced
  }

  private let value: Value

  /// In small transactions with pauses between them while others write to the server, and without pauses while
  /// nobody does.
  public static let followsWrites = CleanupPace(value: .followsWrites)
  /// As fast as the server can, whoever else needs it.
  public static let unpaced = CleanupPace(value: .unpaced)
}
