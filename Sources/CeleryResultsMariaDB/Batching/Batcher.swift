import Synchronization

/// Lets concurrent requests share statements, as ``BatchStateMachine`` decides.
///
/// A request that finds nobody before it is done by its own caller's task. Others wait until a connection is free
/// and are done together, in a task of their own: whoever is cancelled leaves, and the work goes on for the rest.
final class Batcher<Work: BatchedWork>: Sendable {
  fileprivate typealias Call = Work.Call

  /// Calls that are being done together, or will be.
  fileprivate struct Batch {
    /// Nil until its task has begun.
    var calls: [Call]?
    var waiters = 0
    var task: Task<Void, Never>?

    /// Whether nobody waits any more for what is being done.
    var isAbandoned: Bool { calls != nil && waiters == 0 }
  }

  fileprivate struct State {
    var machine: BatchStateMachine<Call>
    var batches: [Int: Batch] = [:]
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
  ///   - call: What to do.
  ///   - work: Does it.
  /// - Throws: What became of it; `CancellationError`, after which nobody knows whether it was done.
  func run(_ call: Work.Call, _ work: Work) async throws -> Work.Call.Response {
    switch state.withLock({ $0.submit(call) }) {
    case .runs:
      defer { begin(state.withLock { $0.finish([call]) }, work) }
      return try await work.alone(call)
    case .waits(let batch):
      begin(batch, work)
      return try await call.value { cancel(call) }
    }
  }

  private func cancel(_ call: Call) {
    let abandoned = state.withLock { $0.cancel(call) }
    abandoned?.cancel()
    call.keep(.failure(CancellationError()))
  }

  /// Begins a batch, in a task that comes behind those who are about to run: what they submit is in it.
  private func begin(_ batch: Int?, _ work: Work) {
    guard let batch else { return }
    let task = Task {
      let (calls, another) = state.withLock { $0.take(batch) }
      begin(another, work)
      guard !calls.isEmpty else { return }
      let outcomes = await work.together(calls)
      let next = state.withLock { $0.finish(batch) }
      for (call, outcome) in zip(calls, outcomes) { call.keep(outcome) }
      begin(next, work)
    }
    let isAbandoned = state.withLock { state in
      state.batches[batch]?.task = task
      return state.batches[batch]?.isAbandoned ?? false
    }
    if isAbandoned { task.cancel() }
  }
}

extension Batcher.State {
  typealias Call = Work.Call

  /// What becomes of a call.
  enum Submission {
    /// Its caller does it.
    case runs
    /// It waits, and maybe a batch is to begin.
    case waits(batch: Int?)
  }

  mutating func submit(_ call: Call) -> Submission {
    switch machine.submit(call, now: .now) {
    case .runs: .runs
    case .waits(let beginsBatch): .waits(batch: beginsBatch ? newBatch() : nil)
    }
  }

  /// The task of a batch has begun.
  ///
  /// - Returns: What it is to do, and the batch that is to begin beside it.
  mutating func take(_ batch: Int) -> (calls: [Call], another: Int?) {
    let (calls, beginsAnother) = machine.takeBatch(now: .now)
    batches[batch] =
      calls.isEmpty ? nil : .init(calls: calls, waiters: calls.count, task: batches[batch]?.task)
    return (calls, beginsAnother ? newBatch() : nil)
  }

  /// What its own caller has done has ended.
  ///
  /// - Returns: The batch that is to begin.
  mutating func finish(_ calls: [Call]) -> Int? {
    machine.finish(calls, now: .now) ? newBatch() : nil
  }

  /// A batch has ended.
  ///
  /// - Returns: The batch that is to begin.
  mutating func finish(_ batch: Int) -> Int? {
    finish(batches.removeValue(forKey: batch)?.calls ?? [])
  }

  /// Nobody waits for a call any more.
  ///
  /// - Returns: The task of a batch for which nobody else waits.
  mutating func cancel(_ call: Call) -> Task<Void, Never>? {
    // This is rare: no table is kept of where each call is.
    guard let batch = batches.first(where: { $0.value.calls?.contains { $0 === call } == true })?.key else {
      machine.cancel(call)
      return nil
    }
    batches[batch]?.waiters -= 1
    return batches[batch].flatMap { $0.isAbandoned ? $0.task : nil }
  }

  private mutating func newBatch() -> Int {
    lastBatch += 1
    batches[lastBatch] = .init()
    return lastBatch
  }
}
