/// What must be known of a request to put it into a batch.
protocol BatchedRequest: AnyObject, Sendable {
  /// How many rows it takes.
  var rowCount: Int { get }
  /// About how many bytes it takes on its way to the server.
  var byteCount: Int { get }
  /// The hash of the task's id: requests of the same task are done one after another, as they came; nil has no order.
  ///
  /// Two tasks that share a hash wait for one another as well, which is rare and does no harm.
  var orderedBy: Int? { get }
  /// Whether it may make a row, with a new id.
  static var makesRows: Bool { get }
}
