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
    byteCount = result.packetByteCount
    kind = StoreKind(of: result)
  }

  var rowCount: Int { 1 }
  var orderedBy: TaskID? { result.id }
}
