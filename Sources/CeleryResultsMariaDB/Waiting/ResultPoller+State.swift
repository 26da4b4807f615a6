import CeleryResults

extension ResultPoller {
  /// What somebody who waits is told, outside of the lock.
  enum Notice: Sendable {
    case results(Receiver, [TaskResult], isLast: Bool)
    case failure(Receiver, any Error)

    func deliver() {
      switch self {
      case .results(.caller(let continuation), let results, _):
        if let result = results.first { continuation.resume(returning: result) }
      case .results(.stream(let continuation), let results, let isLast):
        continuation.yield(results)
        if isLast { continuation.finish() }
      case .failure(.caller(let continuation), let error): continuation.resume(throwing: error)
      case .failure(.stream(let continuation), let error): continuation.finish(throwing: error)
      }
    }
  }
}

extension ResultPoller.State {
  /// A question was answered.
  mutating func answered(
    _ question: WaitingQuestion,
    with answer: WaitingAnswer,
    after duration: Duration
  ) -> [ResultPoller.Notice] {
    tasks.answered(question, with: answer, at: .now, after: duration).compactMap { delivery in
      guard let receiver = receivers[delivery.waiter] else { return nil }
      if delivery.isLast { receivers[delivery.waiter] = nil }
      return .results(receiver, delivery.results, isLast: delivery.isLast)
    }
  }

  /// Ends the waiting of those whose deadline has come.
  mutating func takeExpired() -> [ResultPoller.Notice] {
    tasks.takeExpired(at: .now).compactMap { waiter, id in
      receivers.removeValue(forKey: waiter).map { .failure($0, ResultError.notReadyInTime(id)) }
    }
  }

  /// Ends the waiting of all.
  mutating func takeAll(failingWith error: any Error) -> [ResultPoller.Notice] {
    tasks.removeAll()
    defer { receivers = [:] }
    return receivers.values.map { .failure($0, error) }
  }
}
