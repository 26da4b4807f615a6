import CeleryResults
import TestSupport
import Testing

@testable import CeleryResultsMariaDB

/// Which requests go together: no server, no task, no clock.
@Suite struct BatchStateMachineTests {
  final class Request: BatchedRequest {
    let ticket: Int
    let rowCount: Int
    let byteCount: Int
    let orderedBy: TaskID?

    init(_ ticket: Int, rows: Int, bytes: Int, task: TaskID?) {
      (self.ticket, rowCount, byteCount, orderedBy) = (ticket, rows, bytes, task)
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
      #expect(machine.submit(request(ticket, task: "t"), now: start).runs)
      #expect(machine.running == 1)
      #expect(machine.finish([request(ticket, task: "t")], now: start).isEmpty)
      #expect(machine.running == 0)
    }
  }

  @Test func `What comes while one is on its way goes together when it has ended`() {
    var machine = machine()
    #expect(machine.submit(request(1), now: start).runs)
    for ticket in 2...4 { #expect(machine.submit(request(ticket), now: start).waits) }
    #expect(machine.finish([request(1)], now: start).map(\.ticket) == [2, 3, 4])
    #expect(machine.running == 1)
  }

  @Test func `A batch is bounded by rows and by bytes, and what is too large alone goes alone`() {
    var machine = machine(rows: 3, bytes: 100)
    _ = machine.submit(request(1), now: start)
    for ticket in 2...5 { _ = machine.submit(request(ticket), now: start) }
    _ = machine.submit(request(6, bytes: 90), now: start)
    _ = machine.submit(request(7, bytes: 500), now: start)
    _ = machine.submit(request(8, rows: 9), now: start)
    let second = machine.finish([request(1)], now: start)
    #expect(second.map(\.ticket) == [2, 3, 4])
    let third = machine.finish(second, now: start)
    #expect(third.map(\.ticket) == [5, 6])
    let fourth = machine.finish(third, now: start)
    #expect(fourth.map(\.ticket) == [7])
    #expect(machine.finish(fourth, now: start).map(\.ticket) == [8])
  }

  @Test func `Requests of one task are never together, and keep their order`() {
    var machine = machine()
    _ = machine.submit(request(1), now: start)
    let waiting = [
      request(2, task: "a"), request(3, task: "a"), request(4, task: "b"), request(5, task: "a"),
    ]
    for request in waiting { _ = machine.submit(request, now: start) }
    let second = machine.finish([request(1)], now: start)
    #expect(second.map(\.ticket) == [2, 4])
    let third = machine.finish(second, now: start)
    #expect(third.map(\.ticket) == [3])
    let fourth = machine.finish(third, now: start)
    #expect(fourth.map(\.ticket) == [5])
    #expect(machine.finish(fourth, now: start).isEmpty)
  }

  @Test func `A request waits for one of its task also where a connection is free`() {
    var machine = machine(connections: 2)
    #expect(machine.submit(request(1, task: "a"), now: start).runs)
    #expect(machine.submit(request(2, task: "a"), now: start).waits)
    #expect(machine.submit(request(3, task: "b"), now: start).runs)
    #expect(machine.finish([request(1, task: "a")], now: start).map(\.ticket) == [2])
  }

  @Test func `One that was cancelled is left out, and lets the next of its task come`() {
    var machine = machine()
    _ = machine.submit(request(1), now: start)
    let waiting = [request(2, task: "a"), request(3, task: "a"), request(4, task: "a"), request(5)]
    for request in waiting { _ = machine.submit(request, now: start) }
    machine.cancel(waiting[0])
    machine.cancel(waiting[2])
    let second = machine.finish([request(1)], now: start)
    #expect(second.map(\.ticket) == [5, 3])
    // What has begun goes on.
    machine.cancel(waiting[1])
    #expect(machine.finish(second, now: start).isEmpty)
    #expect(machine.submit(request(6, task: "a"), now: start).runs)
  }

  @Test func `Where no batch has ended for a while a further connection is used, up to the pool's number`() {
    var machine = machine(connections: 1, limit: 2)
    #expect(machine.submit(request(1), now: start).runs)
    #expect(machine.submit(request(2), now: start).waits)
    let later = start + Machine.patience + .milliseconds(1)
    guard case .waits(let batch) = machine.submit(request(3), now: later) else {
      Issue.record("it was to wait")
      return
    }
    #expect(batch.map(\.ticket) == [2, 3])
    #expect(machine.submit(request(4), now: later + .seconds(9)).waits)
  }

  @Test func `Nothing is forgotten or done twice, whatever the order of events`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<200 {
      var machine = machine(rows: .random(in: 1...5, using: &generator), connections: 2, limit: 3)
      var running: [[Request]] = []
      var done: [Int] = []
      for ticket in 1...50 {
        let task: TaskID? = Bool.random(using: &generator) ? TaskID("t\(ticket % 4)") : nil
        let new = request(ticket, task: task)
        switch machine.submit(new, now: start) {
        case .runs: running.append([new])
        case .waits(let batch): if !batch.isEmpty { running.append(batch) }
        }
        while running.count > 1 || Bool.random(using: &generator), !running.isEmpty {
          let ended = running.remove(at: .random(in: running.indices, using: &generator))
          done += ended.map(\.ticket)
          let next = machine.finish(ended, now: start)
          if !next.isEmpty { running.append(next) }
        }
        let tasks = running.joined().compactMap(\.orderedBy)
        #expect(tasks.count == Set(tasks).count)
      }
      while let ended = running.popLast() {
        done += ended.map(\.ticket)
        let next = machine.finish(ended, now: start)
        if !next.isEmpty { running.append(next) }
      }
      #expect(done.sorted() == Array(1...50))
      #expect(machine.running == 0)
    }
  }
}

extension BatchStateMachine.Submission {
  /// Whether its caller does it.
  fileprivate var runs: Bool { if case .runs = self { true } else { false } }
  /// Whether it waits, and nothing is begun.
  fileprivate var waits: Bool { if case .waits(let batch) = self { batch.isEmpty } else { false } }
}
