import CeleryResults

/// Tasks whose rows are to be read.
final class ReadRequest: BatchedRequest {
  let ids: [TaskID]

  init(_ ids: [TaskID]) {
    self.ids = ids
  }

  var rowCount: Int { ids.count }
  var byteCount: Int { 0 }
  var orderedBy: TaskID? { nil }
}
