import DequeModule

/// Decides which requests go together, and when: pure, so that every order of events can be tested.
struct BatchStateMachine<Request: BatchedRequest> {
  /// What becomes of a request that has come.
  enum Submission: Equatable {
    /// Nobody is before it: it is done at once, by its own caller.
    case runs
    /// It waits; maybe a batch is to begin, which takes what waits by then.
    case waits(beginsBatch: Bool)
  }

  /// After this time without a new batch a further connection is used.
  static var patience: Duration { .milliseconds(100) }

  private let configuration: BatchingConfiguration
  /// The largest number of batches at once, whatever the time.
  private let connectionLimit: Int
  private var queue: Deque<Request> = []
  /// The hashes of the tasks of which a request waits or is being done.
  private var openTasks: Set<Int> = []
  /// For each of these those requests that came after it, if there are any.
  private var successors: [Int: Deque<Request>] = [:]
  private var lastStart: ContinuousClock.Instant?
  /// Whether a batch is to begin that has taken nothing yet.
  private var isBeginning = false
  /// How many rows the requests take that wait or are being done, but for those that wait for one of their task.
  private var rowsOpen = 0
  /// How many batches are being done, or are to begin.
  private(set) var running = 0

  /// - Parameters:
  ///   - configuration: The bounds.
  ///   - connectionLimit: How many connections there are.
  init(_ configuration: BatchingConfiguration, connectionLimit: Int) {
    self.configuration = configuration
    self.connectionLimit = max(connectionLimit, 1)
  }

  /// A request has come.
  ///
  /// - Parameter now: The time, which most requests need not ask for.
  mutating func submit(_ request: Request, now: @autoclosure () -> ContinuousClock.Instant) -> Submission {
    if let task = request.orderedBy, !openTasks.insert(task).inserted {
      successors[task, default: []].append(request)
      return .waits(beginsBatch: false)
    }
    if running == 0, queue.isEmpty {
      start(now())
      rowsOpen += request.rowCount
      return .runs
    }
    enqueue(request)
    return .waits(beginsBatch: beginBatch(now()))
  }

  /// A batch begins: whoever has come meanwhile is in it.
  ///
  /// - Returns: What is to be done, which is nothing when all were cancelled; and whether another is to begin.
  mutating func takeBatch(now: ContinuousClock.Instant) -> (batch: [Request], beginsAnother: Bool) {
    isBeginning = false
    let batch = nextRequests()
    guard !batch.isEmpty else {
      running -= 1
      return ([], false)
    }
    return (batch, beginBatch(now))
  }

  /// What was begun together has ended.
  ///
  /// - Returns: Whether another batch is to begin.
  mutating func finish(_ requests: [Request], now: ContinuousClock.Instant) -> Bool {
    running -= 1
    for request in requests {
      rowsOpen -= request.rowCount
      release(request)
    }
    return beginBatch(now)
  }

  /// Nobody waits any more for a request; one that has begun goes on.
  mutating func cancel(_ request: Request) {
    if let place = queue.firstIndex(where: { $0 === request }) {
      queue.remove(at: place)
      rowsOpen -= request.rowCount
      release(request)
    } else if let task = request.orderedBy,
      let place = successors[task]?.firstIndex(where: { $0 === request })
    {
      successors[task]?.remove(at: place)
      if successors[task]?.isEmpty == true { successors[task] = nil }
    }
  }

  private mutating func beginBatch(_ now: @autoclosure () -> ContinuousClock.Instant) -> Bool {
    guard !queue.isEmpty, !isBeginning, mayStart(now()) else { return false }
    isBeginning = true
    start(now())
    return true
  }

  private func mayStart(_ now: @autoclosure () -> ContinuousClock.Instant) -> Bool {
    if running < min(configuration.maximumConnections, connectionLimit) { return true }
    guard running < connectionLimit, let lastStart else { return false }
    return lastStart.duration(to: now()) > Self.patience
  }

  private mutating func start(_ now: ContinuousClock.Instant) {
    running += 1
    lastStart = now
  }

  private mutating func nextRequests() -> [Request] {
    // Each connection gets its share: while one batch is stored the callers of the others go on.
    let share = (rowsOpen - 1) / min(configuration.maximumConnections, connectionLimit) + 1
    var maximumRows = min(configuration.maximumRows, share)
    if Request.makesRows { maximumRows = maximumRows.roundedToReservedIDs }
    var batch: [Request] = []
    batch.reserveCapacity(min(queue.count, maximumRows))
    var (rows, bytes) = (0, 0)
    while let next = queue.first {
      rows += next.rowCount
      bytes += next.byteCount
      let fits = rows <= maximumRows && bytes <= configuration.maximumBytes
      guard fits || batch.isEmpty else { break }
      batch.append(queue.removeFirst())
    }
    return batch
  }

  private mutating func enqueue(_ request: Request) {
    queue.append(request)
    rowsOpen += request.rowCount
  }

  /// Lets the next request of the same task come.
  private mutating func release(_ request: Request) {
    guard let task = request.orderedBy else { return }
    // Most tasks have none, and then nothing is looked for.
    if !successors.isEmpty, var others = successors.removeValue(forKey: task), let next = others.popFirst() {
      if !others.isEmpty { successors[task] = others }
      enqueue(next)
    } else {
      openTasks.remove(task)
    }
  }
}
