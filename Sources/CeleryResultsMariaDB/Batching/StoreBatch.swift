import CeleryResults
import MariaDBClient

/// Results of different tasks that are stored together, and how far that has come.
///
/// Only what is committed has an outcome: the rest may be done again.
struct StoreBatch: Sendable {
  private typealias Row = (index: Int, id: Int64?)

  private let requests: [StoreRequest]
  /// What became of each result, in their order; nil as long as it is open.
  private(set) var outcomes: [Result<Void, any Error>?]
  /// The places of those that must be stored in a statement of their own.
  private(set) var alone: [Int] = []
  /// What ended the last run before its end.
  private(set) var interruption: (any Error)?
  /// Whether what is open may be stored already.
  var isUncertain = false

  init(_ requests: [StoreRequest]) {
    self.requests = requests
    outcomes = Array(repeating: nil, count: requests.count)
  }

  /// Stores what is open, as far as it can be in common statements.
  ///
  /// - Throws: `MariaDBError` when the columns have changed, or another server is to be asked; any other is kept in
  ///   ``interruption``.
  mutating func run(_ handle: ConnectionHandle, _ catalog: Catalog) throws(MariaDBError) {
    (interruption, alone) = (nil, [])
    var open: [Int] = []
    for index in requests.indices where outcomes[index] == nil {
      // Its own statement looks whether the limit is still the same.
      let fits = (try? catalog.taskResults.check(requests[index].result)) != nil
      if fits { open.append(index) } else { alone.append(index) }
    }
    do {
      let pieces = try groups(of: open, handle).flatMap { $0.inCommonSizes() }
        .flatMap { fitting($0, catalog.maxAllowedPacket) }
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
  private func groups(of open: [Int], _ handle: ConnectionHandle) throws -> [[Row]] {
    guard !open.isEmpty else { return [] }
    let rowIDs = try StoredRowIDs(of: open.map { requests[$0].result.id }, handle)
    var new: [StoreKind: [Row]] = [:]
    var known: [StoreKind: [Row]] = [:]
    for index in open {
      let (id, kind) = (rowIDs[requests[index].result.id], requests[index].kind)
      if id == nil {
        new[kind, default: []].append((index, nil))
      } else {
        known[kind, default: []].append((index, id))
      }
    }
    return StoreKind.all.compactMap { kind in
      new[kind]?.sorted { requests[$0.index].result.id.rawValue < requests[$1.index].result.id.rawValue }
    } + StoreKind.all.compactMap { kind in known[kind]?.sorted { ($0.id ?? 0) < ($1.id ?? 0) } }
  }

  /// Pieces of which each fits a packet; what does not even by itself is to be stored alone.
  private mutating func fitting(_ rows: ArraySlice<Row>, _ maxAllowedPacket: Int) -> [ArraySlice<Row>] {
    guard rows.reduce(0, { $0 + requests[$1.index].byteCount }) > maxAllowedPacket else { return [rows] }
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
    _ pieces: [ArraySlice<Row>],
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
    _ piece: ArraySlice<Row>,
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

  private func store(_ rows: ArraySlice<Row>, _ handle: ConnectionHandle, _ catalog: Catalog) throws {
    guard let first = rows.first else { return }
    var kind = requests[first.index].kind
    kind.isUncertain = isUncertain
    let statement = catalog.storeStatement
    try handle.query(statement.several(rows.count, kind)) { parameters in
      for row in rows { statement.write(row.id, requests[row.index].result, kind, to: parameters) }
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
