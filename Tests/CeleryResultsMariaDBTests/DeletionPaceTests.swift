import CeleryResults
import Testing

@testable import CeleryResultsMariaDB

@Suite struct DeletionPaceTests {
  /// A transaction that deletes all rows it looks at, each of which takes so long.
  private func transaction(_ rows: Int, perRow: Duration) -> DeletionPace.Transaction {
    .init(examined: rows, deleted: rows, duration: perRow * rows, deletion: perRow * rows)
  }

  /// Lets a cleanup go on.
  ///
  /// - Returns: The last transaction, and the pause after it.
  @discardableResult
  private func run(
    _ pace: inout DeletionPace,
    transactions: Int = 100,
    perRow: Duration = .microseconds(20)
  ) -> (transaction: DeletionPace.Transaction, pause: Duration) {
    var last = (transaction: transaction(0, perRow: perRow), pause: Duration.zero)
    for _ in 0..<transactions {
      let next = transaction(pace.rows, perRow: perRow)
      last = (next, pace.pause(after: next))
    }
    return last
  }

  /// Tells a cleanup every quarter of a second what the server has had to do.
  private func note(
    _ pace: inout DeletionPace,
    seconds: ClosedRange<Int>,
    _ load: (Int) -> ServerLoad?
  ) {
    for quarter in (seconds.lowerBound * 4)...(seconds.upperBound * 4) {
      pace.note(load(quarter), at: .milliseconds(250) * quarter)
    }
  }

  @Test
  func `Beside writes a transaction takes three milliseconds, and the pause after it twice as long`() {
    var pace = DeletionPace(.followsWrites)
    note(&pace, seconds: 0...10) { ServerLoad(writes: $0) }
    let (transaction, pause) = run(&pace)
    #expect(transaction.deleted == 150)
    #expect(transaction.duration == .milliseconds(3))
    #expect(pause == .milliseconds(6))
  }

  @Test func `Where rows take long fewer are deleted at once, and never too few or too many`() {
    var pace = DeletionPace(.followsWrites)
    #expect(run(&pace, perRow: .milliseconds(1)).transaction.deleted == 100)
    #expect(run(&pace, perRow: .nanoseconds(1)).transaction.deleted == 1_000)
  }

  @Test func `Rows that take longer than they did make the pauses longer, until that has passed`() {
    var pace = DeletionPace(.followsWrites)
    run(&pace)
    let busy = run(&pace, transactions: 20, perRow: .microseconds(100))
    #expect(busy.pause == busy.transaction.duration * 8)
    let after = run(&pace)
    #expect(after.pause == after.transaction.duration * 2)
  }

  @Test func `What has become the rule is not taken for a busy server for ever`() {
    var pace = DeletionPace(.followsWrites)
    run(&pace)
    let slower = run(&pace, transactions: 1_000, perRow: .microseconds(100))
    #expect(slower.pause == slower.transaction.duration * 2)
  }

  @Test func `A transaction that deletes few rows says nothing of the server`() {
    var pace = DeletionPace(.followsWrites)
    run(&pace)
    let rows = pace.rows
    for _ in 0..<20 {
      let few = DeletionPace.Transaction(
        examined: rows / 2,
        deleted: 1,
        duration: .milliseconds(3),
        deletion: .milliseconds(2)
      )
      #expect(pace.pause(after: few) == .milliseconds(6))
    }
    #expect(pace.rows == rows)
  }

  @Test func `No pause is longer than a second`() {
    var pace = DeletionPace(.followsWrites)
    #expect(run(&pace, transactions: 1, perRow: .seconds(10)).pause == .seconds(1))
  }

  @Test func `InnoDB's purge that does not follow makes the pauses longer`() {
    var pace = DeletionPace(.followsWrites)
    note(&pace, seconds: 0...10) { ServerLoad(writes: $0, historyListLength: 100 + $0 * 100) }
    let behind = run(&pace)
    #expect(behind.pause == behind.transaction.duration * 8)
    note(&pace, seconds: 11...12) { ServerLoad(writes: $0, historyListLength: 150) }
    let after = run(&pace)
    #expect(after.pause == after.transaction.duration * 2)
  }

  @Test func `While nobody writes there is no pause, and as soon as somebody does there is`() {
    var pace = DeletionPace(.followsWrites)
    note(&pace, seconds: 0...1) { _ in ServerLoad(writes: 7) }
    #expect(run(&pace).pause > .zero)
    note(&pace, seconds: 2...3) { _ in ServerLoad(writes: 7) }
    let quiet = run(&pace)
    #expect(quiet.pause == .zero)
    #expect(quiet.transaction.deleted == 5_000)
    pace.note(ServerLoad(writes: 8), at: .seconds(4))
    let disturbed = run(&pace)
    #expect(disturbed.pause == .milliseconds(6))
    #expect(disturbed.transaction.duration == .milliseconds(3))
  }

  @Test func `A server that does not say is taken to be written to`() {
    var pace = DeletionPace(.followsWrites)
    note(&pace, seconds: 0...10) { _ in nil }
    #expect(run(&pace).pause == .milliseconds(6))
  }

  @Test
  func `The server is asked at the beginning and then four times a second, and not at all without a pace`() {
    var pace = DeletionPace(.followsWrites)
    #expect(pace.needsLoad(at: .zero))
    pace.note(nil, at: .zero)
    #expect(!pace.needsLoad(at: .milliseconds(249)))
    #expect(pace.needsLoad(at: .milliseconds(250)))
    #expect(!DeletionPace(.unpaced).needsLoad(at: .seconds(5)))
  }

  @Test func `Without a pace there are no pauses, and more rows at once`() {
    var pace = DeletionPace(.unpaced)
    let (transaction, pause) = run(&pace, perRow: .milliseconds(1))
    #expect(pause == .zero)
    #expect(transaction.deleted == DeletionPace.rowsWithoutWrites)
  }
}
