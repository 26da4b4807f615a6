import CeleryResults
import TestSupport
import Testing

@testable import CeleryResultsMariaDB

/// Which requests go together: no server, no task, no clock.
@Suite struct BatchStateMachineTests {
  final class Request: BatchedRequest, Equatable {
    static let makesRows = true
    let ticket: Int
    let rowCount: Int
    let byteCount: Int
    let orderedBy: Int?

    static func == (left: Request, right: Request) -> Bool { left === right }

    init(_ ticket: Int, rows: Int, bytes: Int, task: TaskID?) {
      (self.ticket, rowCount, byteCount, orderedBy) = (ticket, rows, bytes, task?.hashValue)
    }
  }

  typealias Machine = BatchStateMachine<Request>

  let start = ContinuousClock.now

  func machine(rows: Int = 10, bytes: Int = 1_000, connections: Int = 1, limit: Int = 8) -> Machine {
    Machine(
      BatchingConfiguration(maximumRows: rows, maximumBytes: bytes, maximumConnections: connections),
      connectionLimit: limit
    )
  }

  func request(_ ticket: Int, rows: Int = 1, bytes: Int = 10, task: TaskID? = nil) -> Request {
    Request(ticket, rows: rows, bytes: bytes, task: task)
  }

  @Test func `A lone request waits for nobody, and leaves nothing`() {
    var machine = machine()
    for ticket in 1...3 {
      #expect(machine.submit(request(ticket, task: "t"), now: start) == .runs)
      #expect(machine.running == 1)
      let next = machine.next(after: [request(ticket, task: "t")], start)
      #expect(next == nil)
      #expect(machine.running == 0)
    }
  }

  @Test func `What comes while one is on its way goes together when it has ended`() {
    var machine = machine()
    #expect(machine.submit(request(1), now: start) == .runs)
    for ticket in 2...4 {
      #expect(machine.submit(request(ticket), now: start) == .waits(beginsBatch: false))
    }
    #expect(machine.next(after: [request(1)], start)?.map(\.ticket) == [2, 3, 4])
    #expect(machine.running == 1)
  }

  @Test func `The time is asked for when a batch begins, and not for a request that only joins it`() {
    var machine = machine(connections: 2)
    var asked = 0
    func now() -> ContinuousClock.Instant {
      asked += 1
      return start
    }
    _ = machine.submit(request(1), now: now())
    _ = machine.submit(request(2), now: now())
    let before = asked
    for ticket in 3...9 { _ = machine.submit(request(ticket), now: now()) }
    #expect(before > 0)
    #expect(asked == before)
  }

  @Test func `A batch takes what has come until it begins, and only one is about to begin`() {
    var machine = machine(connections: 3)
    _ = machine.submit(request(1), now: start)
    #expect(machine.submit(request(2), now: start) == .waits(beginsBatch: true))
    #expect(machine.submit(request(3), now: start) == .waits(beginsBatch: false))
    let (batch, beginsAnother) = machine.takeBatch(now: start)
    // Each of three connections gets a third of what is not done.
    #expect(batch.map(\.ticket) == [2])
    #expect(beginsAnother)
    #expect(machine.takeBatch(now: start).batch.map(\.ticket) == [3])
    #expect(machine.running == 3)
    #expect(machine.submit(request(4), now: start) == .waits(beginsBatch: false))
  }

  @Test func `Connections share what waits`() {
    var machine = machine(rows: 100, connections: 2)
    _ = machine.submit(request(1), now: start)
    #expect(machine.submit(request(2), now: start) == .waits(beginsBatch: true))
    for ticket in 3...9 { _ = machine.submit(request(ticket), now: start) }
    let (first, beginsAnother) = machine.takeBatch(now: start)
    #expect(first.map(\.ticket) == [2, 3, 4, 5, 6])
    #expect(!beginsAnother)
    #expect(machine.next(after: [request(1)], start)?.map(\.ticket) == [7, 8, 9])
  }

  @Test func `What connections share is rows, and not requests`() {
    var machine = machine(rows: 1_000, connections: 2)
    _ = machine.submit(request(1, rows: 100), now: start)
    #expect(machine.submit(request(2, rows: 100), now: start) == .waits(beginsBatch: true))
    for ticket in 3...8 { _ = machine.submit(request(ticket, rows: 100), now: start) }
    #expect(machine.takeBatch(now: start).batch.map(\.ticket) == [2, 3, 4, 5])
  }

  @Test func `A batch is bounded by rows and by bytes, and what is too large alone goes alone`() {
    var machine = machine(rows: 3, bytes: 100)
    _ = machine.submit(request(1), now: start)
    for ticket in 2...5 { _ = machine.submit(request(ticket), now: start) }
    _ = machine.submit(request(6, bytes: 90), now: start)
    _ = machine.submit(request(7, bytes: 500), now: start)
    _ = machine.submit(request(8, rows: 9), now: start)
    var batch = [request(1)]
    for tickets in [[2, 3, 4], [5, 6], [7], [8]] {
      batch = machine.next(after: batch, start) ?? []
      #expect(batch.map(\.ticket) == tickets)
    }
    #expect(machine.next(after: batch, start) == nil)
  }

  @Test func `Requests of one task are never together, and keep their order`() {
    var machine = machine()
    _ = machine.submit(request(1), now: start)
    let waiting = [
      request(2, task: "a"), request(3, task: "a"), request(4, task: "b"), request(5, task: "a"),
    ]
    for request in waiting { _ = machine.submit(request, now: start) }
    var batch = [request(1)]
    for tickets in [[2, 4], [3], [5]] {
      batch = machine.next(after: batch, start) ?? []
      #expect(batch.map(\.ticket) == tickets)
    }
    #expect(machine.next(after: batch, start) == nil)
  }

  @Test func `A request waits for one of its task also where a connection is free`() {
    var machine = machine(connections: 2)
    #expect(machine.submit(request(1, task: "a"), now: start) == .runs)
    #expect(machine.submit(request(2, task: "a"), now: start) == .waits(beginsBatch: false))
    #expect(machine.submit(request(3, task: "b"), now: start) == .waits(beginsBatch: true))
    #expect(machine.takeBatch(now: start).batch.map(\.ticket) == [3])
    #expect(machine.next(after: [request(1, task: "a")], start)?.map(\.ticket) == [2])
  }

  @Test func `One that was cancelled is left out, and lets the next of its task come`() {
    var machine = machine()
    _ = machine.submit(request(1), now: start)
    let waiting = [request(2, task: "a"), request(3, task: "a"), request(4, task: "a"), request(5)]
    for request in waiting { _ = machine.submit(request, now: start) }
    machine.cancel(waiting[0])
    machine.cancel(waiting[2])
    let second = machine.next(after: [request(1)], start)
    #expect(second?.map(\.ticket) == [5, 3])
    // What has begun goes on.
    machine.cancel(waiting[1])
    #expect(machine.next(after: second ?? [], start) == nil)
    #expect(machine.submit(request(6, task: "a"), now: start) == .runs)
  }

  @Test func `A batch whose requests were all cancelled before it began is none`() {
    var machine = machine(connections: 2)
    _ = machine.submit(request(1), now: start)
    let second = request(2)
    #expect(machine.submit(second, now: start) == .waits(beginsBatch: true))
    machine.cancel(second)
    #expect(machine.takeBatch(now: start).batch.isEmpty)
    #expect(machine.running == 1)
  }

  @Test func `Where no batch has ended for a while a further connection is used, up to the pool's number`() {
    var machine = machine(connections: 1, limit: 2)
    #expect(machine.submit(request(1), now: start) == .runs)
    #expect(machine.submit(request(2), now: start) == .waits(beginsBatch: false))
    let later = start + Machine.patience + .milliseconds(1)
    #expect(machine.submit(request(3), now: later) == .waits(beginsBatch: true))
    #expect(machine.takeBatch(now: later).batch.map(\.ticket) == [2, 3])
    #expect(machine.submit(request(4), now: later + .seconds(9)) == .waits(beginsBatch: false))
  }

  @Test func `Nothing is forgotten or done twice, whatever the order of events`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      var machine = machine(rows: .random(in: 1...5, using: &generator), connections: 2, limit: 3)
      var running: [[Request]] = []
      var begins = false
      var done: [Int] = []
      func take() {
        while begins {
          let (batch, beginsAnother) = machine.takeBatch(now: start)
          begins = beginsAnother
          if !batch.isEmpty { running.append(batch) }
        }
      }
      func end() {
        let ended = running.remove(at: .random(in: running.indices, using: &generator))
        done += ended.map(\.ticket)
        if machine.finish(ended, now: start) { begins = true }
      }
      for ticket in 1...50 {
        let task: TaskID? = Bool.random(using: &generator) ? TaskID("t\(ticket % 4)") : nil
        let new = request(ticket, task: task)
        switch machine.submit(new, now: start) {
        case .runs: running.append([new])
        case .waits(let beginsBatch): begins = begins || beginsBatch
        }
        if Bool.random(using: &generator) { take() }
        while Bool.random(using: &generator), !running.isEmpty { end() }
        let tasks = running.joined().compactMap(\.orderedBy)
        #expect(tasks.count == Set(tasks).count)
      }
      take()
      while !running.isEmpty {
        end()
        take()
      }
      #expect(done.sorted() == Array(1...50))
      #expect(machine.running == 0)
    }
  }

  @Test func `A batch of new rows leaves a few of them for the next one`() {
    var machine = machine(rows: 64)
    _ = machine.submit(request(0), now: start)
    for ticket in 1...64 { _ = machine.submit(request(ticket), now: start) }
    let batch = machine.next(after: [request(0)], start)
    #expect(batch?.count == 63)
    #expect(machine.next(after: batch ?? [], start)?.map(\.ticket) == [64])
  }
}

extension BatchStateMachine {
  /// What is done after some requests have ended; nil for nothing.
  fileprivate mutating func next(after requests: [Request], _ now: ContinuousClock.Instant) -> [Request]? {
    finish(requests, now: now) ? takeBatch(now: now).batch : nil
  }
}
