import Synchronization

/// Lets concurrent requests share statements, as ``BatchStateMachine`` decides.
///
/// A request that finds nobody before it is done by its own caller's task. Others wait until a connection is free
/// and are done together, in a task of their own: whoever is cancelled leaves, and the work goes on for the rest.
final class Batcher<Request: BatchedRequest, Response: Sendable>: Sendable {
  typealias Outcome = Result<Response, any Error>
  fileprivate typealias Ticket = BatchStateMachine.Ticket
  fileprivate typealias Place = BatchStateMachine.Request

  /// A class, because a table of generic values copies them slowly.
  fileprivate final class Entry {
    let request: Request
    var continuation: CheckedContinuation<Response, any Error>?
    /// What came before the continuation was there.
    var outcome: Outcome?
    var batch: Int?

    init(_ request: Request) {
      self.request = request
    }
  }

  fileprivate struct Batch {
    var waiters: Int
    var task: Task<Void, Never>?
  }

  /// A batch that is to be done now.
  fileprivate struct Start {
    let number: Int
    let places: [Place]
    let requests: [Request]
  }

  fileprivate struct State {
    var machine: BatchStateMachine
    var entries: [Ticket: Entry] = [:]
    var batches: [Int: Batch] = [:]
    var lastTicket = 0
    var lastBatch = 0
  }

  private let state: Mutex<State>

  /// Makes a batcher.
  ///
  /// - Parameters:
  ///   - configuration: The bounds.
  ///   - connectionLimit: How many connections there are.
  init(_ configuration: BatchingConfiguration, connectionLimit: Int) {
    state = Mutex(State(machine: BatchStateMachine(configuration, connectionLimit: connectionLimit)))
  }

  /// Does a request, together with what comes at the same time.
  ///
  /// - Parameters:
  ///   - request: What to do.
  ///   - alone: Does one request, in the task of its caller.
  ///   - together: Does several, and says what became of each, in their order. When its task is cancelled nobody
  ///     waits any more.
  /// - Throws: What became of this request; `CancellationError`, after which nobody knows whether it was done.
  func run(
    _ request: Request,
    alone: (Request) async throws -> Response,
    together: @escaping @Sendable ([Request]) async -> [Outcome]
  ) async throws -> Response {
    try Task.checkCancellation()
    let (place, waits, start) = state.withLock { $0.submit(request) }
    guard waits else {
      defer { run(state.withLock { $0.finish([place]) }, together) }
      return try await alone(request)
    }
    run(start, together)
    return try await outcome(of: place.ticket)
  }

  // MARK: Waiting

  private func outcome(of ticket: Ticket) async throws -> Response {
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        let outcome = state.withLock { state -> Outcome? in
          guard let outcome = state.entries[ticket]?.outcome else {
            state.entries[ticket]?.continuation = continuation
            return nil
          }
          state.entries[ticket] = nil
          return outcome
        }
        if let outcome { continuation.resume(with: outcome) }
      }
    } onCancel: {
      cancel(ticket)
    }
  }

  private func cancel(_ ticket: Ticket) {
    let (continuation, task) = state.withLock { $0.cancel(ticket) }
    task?.cancel()
    continuation?.resume(throwing: CancellationError())
  }

  // MARK: Batches

  private func run(_ start: Start?, _ together: @escaping @Sendable ([Request]) async -> [Outcome]) {
    guard let start else { return }
    let task = Task {
      let outcomes = await together(start.requests)
      let (continuations, next) = state.withLock { $0.finish(start, outcomes) }
      // First the next batch: the connection is free.
      run(next, together)
      for (continuation, outcome) in continuations { continuation.resume(with: outcome) }
    }
    let isAbandoned = state.withLock { state in
      state.batches[start.number]?.task = task
      return state.batches[start.number]?.waiters == 0
    }
    if isAbandoned { task.cancel() }
  }
}

extension Batcher.State {
  typealias Outcome = Batcher.Outcome
  typealias Continuation = CheckedContinuation<Response, any Error>

  mutating func submit(
    _ request: Request
  ) -> (place: BatchStateMachine.Request, waits: Bool, start: Batcher.Start?) {
    lastTicket += 1
    let place = BatchStateMachine.Request(
      ticket: lastTicket,
      rowCount: request.rowCount,
      byteCount: request.byteCount,
      orderedBy: request.orderedBy
    )
    switch machine.submit(place, now: .now) {
    case .runs: return (place, false, nil)
    case .waits(let batch):
      entries[place.ticket] = .init(request)
      return (place, true, begin(batch))
    }
  }

  /// What its own caller has done has ended.
  mutating func finish(_ places: [BatchStateMachine.Request]) -> Batcher.Start? {
    begin(machine.finish(places, now: .now))
  }

  /// A batch has ended.
  mutating func finish(
    _ start: Batcher.Start,
    _ outcomes: [Outcome]
  ) -> (continuations: [(Continuation, Outcome)], next: Batcher.Start?) {
    batches[start.number] = nil
    var continuations: [(Continuation, Outcome)] = []
    continuations.reserveCapacity(outcomes.count)
    for (place, outcome) in zip(start.places, outcomes) {
      if let continuation = give(outcome, to: place.ticket) { continuations.append((continuation, outcome)) }
    }
    return (continuations, finish(start.places))
  }

  mutating func cancel(_ ticket: Int) -> (Continuation?, Task<Void, Never>?) {
    guard let entry = entries[ticket], entry.outcome == nil else { return (nil, nil) }
    var abandoned: Task<Void, Never>?
    if let number = entry.batch {
      batches[number]?.waiters -= 1
      if let batch = batches[number], batch.waiters == 0 { abandoned = batch.task }
    } else {
      machine.cancel(ticket)
    }
    return (give(.failure(CancellationError()), to: ticket), abandoned)
  }

  /// Keeps an outcome until somebody asks, or says who has asked already.
  private mutating func give(_ outcome: Outcome, to ticket: Int) -> Continuation? {
    guard let entry = entries[ticket], entry.outcome == nil else { return nil }
    guard let continuation = entry.continuation else {
      entry.outcome = outcome
      return nil
    }
    entries[ticket] = nil
    return continuation
  }

  private mutating func begin(_ places: [BatchStateMachine.Request]) -> Batcher.Start? {
    guard !places.isEmpty else { return nil }
    lastBatch += 1
    var requests: [Request] = []
    requests.reserveCapacity(places.count)
    for place in places {
      guard let entry = entries[place.ticket] else { continue }
      entry.batch = lastBatch
      requests.append(entry.request)
    }
    batches[lastBatch] = .init(waiters: requests.count)
    return .init(number: lastBatch, places: places, requests: requests)
  }
}
