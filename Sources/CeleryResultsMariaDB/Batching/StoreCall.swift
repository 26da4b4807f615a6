import CeleryResults
import Promises

/// A result that is to be stored.
final class StoreCall: BatchedCall {
  let result: EncodedTaskResult
  let byteCount: Int
  let kind: StoreKind
  let orderedBy: Int?
  private let promise = Promise<Void>()

  init(_ result: EncodedTaskResult) {
    byteCount = result.packetByteCount
    kind = StoreKind(of: result)
    orderedBy = result.id.hashValue
    self.result = result
  }

  static var makesRows: Bool { true }
  var rowCount: Int { 1 }

  func keep(_ outcome: Result<Void, any Error>) { promise.keep(outcome) }

  func value(onCancel: @Sendable () -> Void) async throws {
    try await promise.value(onCancel: onCancel)
  }
}
