import CeleryResults
import DequeModule

/// Decides which requests go together, and when: pure, so that every order of events can be tested.
struct BatchStateMachine {
  typealias Ticket = Int

  /// A request, as far as the decision needs it.
  struct Request: Hashable {
    let ticket: Ticket
    var rowCount = 1
    var byteCount = 0
    var orderedBy: TaskID?
  }

  /// What becomes of a request that has come.
  enum Submission: Equatable {
    /// Nobody is before it: it is done at once, by its own caller.
    case runs
    /// It waits; these are to be done now.
    case waits(batch: [Request])
  }

  /// After this time without a new batch a further connection is used.
  static let patience = Duration.milliseconds(100)

  private let configuration: BatchingConfiguration
  /// The largest number of batches at once, whatever the time.
  private let connectionLimit: Int
  private var queue: Deque<Request> = []
  /// For each task of which a request waits or is being done: those that came after it.
  private var successors: [TaskID: Deque<Request>] = [:]
  private var cancelled: Set<Ticket> = []
  private var lastStart: ContinuousClock.Instant?
  /// How many batches are being done.
  private(set) var running = 0

  /// - Parameters:
  ///   - configuration: The bounds.
  ///   - connectionLimit: How many connections there are.
  init(_ configuration: BatchingConfiguration, connectionLimit: Int) {
    self.configuration = configuration
    self.connectionLimit = max(connectionLimit, 1)
  }

  /// A request has come.
  mutating func submit(_ request: Request, now: ContinuousClock.Instant) -> Submission {
    if let task = request.orderedBy {
      guard successors[task] == nil else {
        successors[task]?.append(request)
        return .waits(batch: [])
      }
      successors[task] = []
    }
    guard mayStart(now) else {
      queue.append(request)
      return .waits(batch: [])
    }
    if queue.isEmpty {
      start(now)
      return .runs
    }
    queue.append(request)
    return .waits(batch: startBatch(now))
  }

  /// What was begun together has ended.
  ///
  /// - Returns: What is to be done next.
  mutating func finish(_ requests: [Request], now: ContinuousClock.Instant) -> [Request] {
    running -= 1
    for request in requests { release(request) }
    return startBatch(now)
  }

  /// Nobody waits for a request any more that has not begun.
  mutating func cancel(_ ticket: Ticket) {
    cancelled.insert(ticket)
  }

  private func mayStart(_ now: ContinuousClock.Instant) -> Bool {
    if running < min(configuration.maximumConnections, connectionLimit) { return true }
    guard running < connectionLimit, let lastStart else { return false }
    return lastStart.duration(to: now) > Self.patience
  }

  private mutating func start(_ now: ContinuousClock.Instant) {
    running += 1
    lastStart = now
  }

  private mutating func startBatch(_ now: ContinuousClock.Instant) -> [Request] {
    let batch = takeBatch()
    if !batch.isEmpty { start(now) }
    return batch
  }

  private mutating func takeBatch() -> [Request] {
    var batch: [Request] = []
    var (rows, bytes) = (0, 0)
    while let next = queue.first {
      if cancelled.remove(next.ticket) != nil {
        queue.removeFirst()
        release(next)
        continue
      }
      rows += next.rowCount
      bytes += next.byteCount
      let fits = rows <= configuration.maximumRows && bytes <= configuration.maximumBytes
      guard fits || batch.isEmpty else { break }
      batch.append(queue.removeFirst())
    }
    return batch
  }

  /// Lets the next request of the same task come.
  private mutating func release(_ request: Request) {
    guard let task = request.orderedBy else { return }
    if let next = successors[task]?.popFirst() {
      queue.append(next)
    } else {
      successors[task] = nil
    }
  }
}
