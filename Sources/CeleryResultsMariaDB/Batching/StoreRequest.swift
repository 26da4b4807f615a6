import CeleryResults

/// A result that is to be stored.
///
/// A class, because a batch hands it on often, and a result has many strings to count references of.
final class StoreRequest: BatchedRequest {
  let result: EncodedTaskResult
  let byteCount: Int
  let kind: StoreKind

  init(_ result: EncodedTaskResult) {
    self.result = result
    kind = StoreKind(of: result)
    let long = [result.result, result.meta, result.traceback, result.args, result.kwargs]
    // What else a row has is short.
    byteCount = long.reduce(256) { $0 + ($1?.utf8.count ?? 0) }
  }

  var rowCount: Int { 1 }
  var orderedBy: TaskID? { result.id }
}
