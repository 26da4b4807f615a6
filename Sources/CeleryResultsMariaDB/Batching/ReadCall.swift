import CeleryResults
import Promises

/// Tasks whose rows are to be read.
final class ReadCall: BatchedCall {
  let ids: [TaskID]
  private let promise = Promise<TaskResultRows>()

  init(_ ids: [TaskID]) {
    self.ids = ids
  }

  static var makesRows: Bool { false }
  var rowCount: Int { ids.count }
  var byteCount: Int { 0 }
  var orderedBy: Int? { nil }

  func keep(_ outcome: Result<TaskResultRows, any Error>) { promise.keep(outcome) }

  func value(onCancel: @Sendable () -> Void) async throws -> TaskResultRows {
    try await promise.value(onCancel: onCancel)
  }
}
