import CeleryResults

/// Tasks whose rows are to be read.
struct ReadRequest: BatchedRequest {
  let ids: [TaskID]

  var rowCount: Int { ids.count }
  var byteCount: Int { 0 }
  var orderedBy: TaskID? { nil }
}
