import CeleryResults
import MariaDBClient

/// A request, and what its caller waits for.
final class BatchedCall<Request: BatchedRequest, Response: Sendable>: BatchedRequest {
  let request: Request
  let promise = Promise<Response>()

  init(_ request: Request) {
    self.request = request
  }

  var rowCount: Int { request.rowCount }
  var byteCount: Int { request.byteCount }
  var orderedBy: TaskID? { request.orderedBy }
}
