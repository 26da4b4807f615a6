/// What has been said about why the binary log is not followed: each thing once.
struct FollowingNews {
  private enum Said: Equatable {
    case failure
    case refusal(String)
  }

  private var said: Said?

  /// It is followed.
  ///
  /// - Returns: Whether it was said that it is not.
  mutating func hasBegun() -> Bool {
    defer { said = nil }
    return said != nil
  }

  /// Whether this refusal is to be said: not where it was the last thing said.
  mutating func isNew(_ refusal: PushRefusal) -> Bool {
    defer { said = .refusal(refusal.description) }
    return said != .refusal(refusal.description)
  }

  /// Whether a failure that may pass is to be said: not where it was said already that results are polled.
  mutating func isNewFailure() -> Bool {
    guard said == nil else { return false }
    said = .failure
    return true
  }
}
