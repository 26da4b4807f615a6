import CeleryResults
import MariaDBClient

/// Results of different tasks that are stored together, and how far that has come.
///
/// Only what is committed has an outcome: the rest may be done again.
struct StoreBatch: Sendable {
  private typealias Rows = ArraySlice<StoreRow>

  private let calls: [StoreCall]
  /// What became of each result, in their order; nil as long as it is open.
  private(set) var outcomes: [Result<Void, any Error>?]
  /// The places of those that must be stored in a statement of their own.
  private(set) var alone: [Int] = []
  /// What ended the last run before its end.
  private(set) var interruption: (any Error)?
  /// Whether what is open may be stored already.
  var isUncertain = false

  init(_ calls: [StoreCall]) {
    self.calls = calls
    outcomes = Array(repeating: nil, count: calls.count)
  }

  /// Stores what is open, as far as it can be in common statements.
  ///
  /// - Throws: `MariaDBError` when the columns have changed, or another server is to be asked; any other is kept in
  ///   ``interruption``.
  mutating func run(_ handle: ConnectionHandle, _ catalog: Catalog) throws(MariaDBError) {
    (interruption, alone) = (nil, [])
    var open: [Int] = []
    for index in calls.indices where outcomes[index] == nil {
      // Its own statement looks whether the limit is still the same.
      if fits(calls[index], catalog) { open.append(index) } else { alone.append(index) }
    }
    do {
      let pieces = try groups(of: open, handle).flatMap { fitting($0, catalog.maxAllowedPacket) }
        .flatMap { commonPieces(of: $0, handle) }
      if try pieces.count < 2 || !storeInOneTransaction(pieces, handle, catalog) {
        for piece in pieces { try storeAlone(piece, handle, catalog) }
      }
    } catch let error as MariaDBError where error.code == .packetTooLarge {
      // The server's limit is another by now: statements of their own find out which.
      alone = outcomes.indices.filter { outcomes[$0] == nil }
    } catch let error as MariaDBError {
      guard !error.saysThatColumnsChanged, !error.isOfAnotherServersTurn else { throw error }
      interruption = error
    } catch {
      interruption = error
    }
  }

  // What has a call as its parameter reads the result where it is, and copies none of its texts.

  private func fits(_ call: StoreCall, _ catalog: Catalog) -> Bool {
    (try? catalog.taskResults.check(call.result)) != nil
  }

  private func write(
    _ call: StoreCall,
    _ id: Int64?,
    _ columns: [StoredColumn],
    to parameters: inout ParameterBinding
  ) {
    columns.write(id, call.result, to: &parameters)
  }

  /// Gives the same outcome to all that are open.
  mutating func end(_ outcome: Result<Void, any Error>) {
    for index in outcomes.indices where outcomes[index] == nil { end(index, outcome) }
  }

  /// Gives an outcome to one.
  mutating func end(_ index: Int, _ outcome: Result<Void, any Error>) {
    outcomes[index] = outcome
  }

  /// Those that a statement can have in common: the same kind, and either all with a row or all without one.
  ///
  /// The groups are in one order, and each in the order of its key, so that concurrent batches wait for one another
  /// instead of in a circle.
  private func groups(of open: [Int], _ handle: ConnectionHandle) throws -> [Rows] {
    guard !open.isEmpty else { return [] }
    let rowIDs = try StoredRowIDs(of: open.map { calls[$0].result.id }, handle)
    let unordered = open.map { StoreRow($0, calls[$0], id: rowIDs[calls[$0].result.id]) }
    let rows = unordered.sorted { left, right in
      left.precedes(right) { text(left) < text(right) }
    }
    var groups: [Rows] = []
    var rest = rows[...]
    while let first = rest.first {
      groups.append(rest.prefix { $0.group == first.group })
      rest = rest.dropFirst(groups.last?.count ?? 0)
    }
    return groups
  }

  private func text(_ row: StoreRow) -> String { calls[row.index].result.id.rawValue }

  /// Pieces of which each is a statement.
  private func commonPieces(of rows: Rows, _ handle: ConnectionHandle) -> [Rows] {
    var pieces: [Rows] = []
    var rest = rows
    while handle.executesManyRows, rest.count >= .fewestInReservedIDs {
      // Rows that exist get no new id.
      let size = rest.first?.id == nil ? rest.count.sizeInReservedIDs : rest.count
      pieces.append(rest.prefix(size))
      rest = rest.dropFirst(size)
    }
    return pieces + rest.inCommonSizes()
  }

  /// Pieces of which each fits a packet; what does not even by itself is to be stored alone.
  private mutating func fitting(_ rows: Rows, _ maxAllowedPacket: Int) -> [Rows] {
    guard rows.reduce(0, { $0 + calls[$1.index].byteCount }) > maxAllowedPacket else { return [rows] }
    guard rows.count > 1 else {
      alone += rows.map(\.index)
      return []
    }
    let middle = rows.startIndex + rows.count / 2
    return fitting(rows[..<middle], maxAllowedPacket) + fitting(rows[middle...], maxAllowedPacket)
  }

  /// Stores pieces with one commit.
  ///
  /// - Returns: False when the server refuses any of them, or the commit: then nothing is stored.
  private mutating func storeInOneTransaction(
    _ pieces: [Rows],
    _ handle: ConnectionHandle,
    _ catalog: Catalog
  ) throws -> Bool {
    do {
      try handle.withTransaction { handle in
        for piece in pieces { try store(piece, handle, catalog) }
      }
    } catch let error as MariaDBError where error.isOfStatement {
      return false
    }
    for row in pieces.joined() { end(row.index, .success(())) }
    return true
  }

  /// Stores a piece with a commit of its own.
  private mutating func storeAlone(
    _ piece: Rows,
    _ handle: ConnectionHandle,
    _ catalog: Catalog
  ) throws {
    do {
      try store(piece, handle, catalog)
    } catch let error as MariaDBError where error.isOfStatement && !RetryCondition.idempotent.allows(error) {
      // What one row is refused for must not be the fault of the others.
      alone += piece.map(\.index)
      return
    }
    for row in piece { end(row.index, .success(())) }
  }

  private func store(_ rows: Rows, _ handle: ConnectionHandle, _ catalog: Catalog) throws {
    guard let first = rows.first else { return }
    var kind = calls[first.index].kind
    kind.isUncertain = isUncertain
    let statement = catalog.storeStatement
    let columns = statement.columns(of: kind)
    if rows.count >= .fewestInReservedIDs && handle.executesManyRows {
      do {
        try handle.query(statement.several(1, kind), rowCount: rows.count) { number, parameters in
          let row = rows[rows.startIndex + number]
          write(calls[row.index], row.id, columns, to: &parameters)
        }
        return
      } catch  where !handle.isBroken && !handle.executesManyRows {
        // The server refuses such statements: another one follows.
      }
    }
    try handle.query(statement.several(rows.count, kind)) { parameters in
      for row in rows { write(calls[row.index], row.id, columns, to: &parameters) }
    }
  }
}

extension MariaDBError {
  /// Whether a statement failed for what it was, and not because it was stopped, or of what is true of all statements.
  fileprivate var isOfStatement: Bool {
    guard let errno, errno >= 1_000, !(2_000..<3_000).contains(errno) else { return false }
    // 1317, 1969 and 3024 are statements that were stopped.
    return ![1_317, 1_969, 3_024].contains(errno) && !saysThatColumnsChanged && !isOfAnotherServersTurn
      && code != .packetTooLarge
  }
}
