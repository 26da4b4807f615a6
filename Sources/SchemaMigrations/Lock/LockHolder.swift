/// Who holds the lock, as far as the server tells.
struct LockHolder: Sendable, Hashable {
  /// The number of its connection, as `KILL` takes it.
  let connectionID: UInt64
  /// The node of a cluster that the connection is on.
  var node: String?
  /// `user@host`; nil without the right to see it.
  var client: String?
  /// What it does, and since when.
  var activity: String?

  /// What does not change while it holds the lock.
  var name: String {
    "connection \(connectionID)" + (node.map { " on \($0)" } ?? "") + (client.map { ", \($0)" } ?? "")
  }
}

extension LockHolder: CustomStringConvertible {
  var description: String { name + (activity.map { ", \($0)" } ?? "") }
}
