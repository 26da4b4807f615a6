import MariaDBClient
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
    let promise = Promise<Response>()
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
    let (place, promise, start) = state.withLock { $0.submit(request) }
    guard let promise else {
      defer { run(state.withLock { $0.finish([place]) }, together) }
      return try await alone(request)
    }
    run(start, together)
    return try await promise.value { cancel(place.ticket) }
  }

  private func cancel(_ ticket: Ticket) {
    let (promise, abandoned) = state.withLock { $0.cancel(ticket) }
    abandoned?.cancel()
    promise?.keep(.failure(CancellationError()))
  }

  private func run(_ start: Start?, _ together: @escaping @Sendable ([Request]) async -> [Outcome]) {
    guard let start else { return }
    let task = Task {
      let outcomes = await together(start.requests)
      let (promises, next) = state.withLock { $0.finish(start) }
      // First the next batch: the connection is free.
      run(next, together)
      for (promise, outcome) in zip(promises, outcomes) { promise?.keep(outcome) }
    }
    let isAbandoned = state.withLock { state in
      state.batches[start.number]?.task = task
      return state.batches[start.number]?.waiters == 0
    }
    if isAbandoned { task.cancel() }
  }
}

extension Batcher.State {
  /// A request has come.
  ///
  /// - Returns: What its caller is to wait for, or nil when it does the request itself; and what is to be done now.
  mutating func submit(
    _ request: Request
  ) -> (place: BatchStateMachine.Request, promise: Promise<Response>?, start: Batcher.Start?) {
    lastTicket += 1
    let place = BatchStateMachine.Request(
      ticket: lastTicket,
      rowCount: request.rowCount,
      byteCount: request.byteCount,
      orderedBy: request.orderedBy
    )
    switch machine.submit(place, now: .now) {
    case .runs: return (place, nil, nil)
    case .waits(let batch):
      let entry = Batcher.Entry(request)
      entries[place.ticket] = entry
      return (place, entry.promise, begin(batch))
    }
  }

  /// What its own caller has done has ended.
  mutating func finish(_ places: [BatchStateMachine.Request]) -> Batcher.Start? {
    begin(machine.finish(places, now: .now))
  }

  /// A batch has ended.
  ///
  /// - Returns: Who waits for each of it, if anybody still does; and what is to be done next.
  mutating func finish(_ start: Batcher.Start) -> (promises: [Promise<Response>?], next: Batcher.Start?) {
    batches[start.number] = nil
    let promises = start.places.map { entries.removeValue(forKey: $0.ticket)?.promise }
    return (promises, finish(start.places))
  }

  /// Nobody waits for a request any more.
  ///
  /// - Returns: Who is to be told, and the task of a batch for which nobody else waits.
  mutating func cancel(_ ticket: Int) -> (Promise<Response>?, Task<Void, Never>?) {
    guard let entry = entries.removeValue(forKey: ticket) else { return (nil, nil) }
    guard let number = entry.batch else {
      machine.cancel(ticket)
      return (entry.promise, nil)
    }
    batches[number]?.waiters -= 1
    let abandoned = batches[number].flatMap { $0.waiters == 0 ? $0.task : nil }
    return (entry.promise, abandoned)
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
