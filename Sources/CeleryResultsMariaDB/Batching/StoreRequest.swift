import CeleryResults

/// A result that is to be stored.
struct StoreRequest: BatchedRequest {
  let result: EncodedTaskResult

  var rowCount: Int { 1 }
  var orderedBy: TaskID? { result.id }

  var byteCount: Int {
    let long = [result.result, result.meta, result.traceback, result.args, result.kwargs]
    // What else a row has is short.
    return long.reduce(256) { $0 + ($1?.utf8.count ?? 0) }
  }
}
