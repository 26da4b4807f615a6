import TestSupport
import Testing

@testable import MariaDBClient

@Suite struct BinaryLogDecoderTests {
  /// What the rows of a recording say, as text.
  private static func rows(_ recording: BinaryLogRecording, afterAlter: Bool = false) throws -> [String] {
    var decoder = recording.decoder(afterAlter: afterAlter)
    var lines: [String] = []
    for event in try recording.events() {
      switch Result(catching: { try decoder.decode(event) }) {
      case .success(.rows(let rows)):
        for row in rows.rows { lines.append("\(rows.kind) \(row.map(text).joined(separator: " "))") }
      case .success(.unreadableRows): lines.append("unreadable")
      case .success(.tableChanged(let count)): lines.append("changed by \(count - recording.columnCount)")
      case .success(.transactionEnd): if lines.last != "end" { lines.append("end") }
      case .success(.statement(let statement)): lines.append("\(statement.database): \(statement.sql)")
      case .success(.heartbeat), .success(.other): break
      case .failure(let error as MariaDBError): lines.append("\(error.code)")
      case .failure(let error): throw error
      }
    }
    return lines
  }

  private static func text(_ value: MariaDBValue?) -> String {
    switch value {
    case .string(let text)?: text
    case .null?: "NULL"
    case nil: "-"
    case let value?: "\(value)"
    }
  }

  private static let beforeAlter = [
    "end", "write first PENDING", "end", "write second NULL", "write drïtte STARTED", "end",
    "update first SUCCESS", "update second SUCCESS", "end", "write fourth SUCCESS", "update fifth SUCCESS",
    "end",
    "delete second SUCCESS", "end",
  ]

  @Test func `The rows of a MariaDB server's log are read, whatever the columns before them are`() throws {
    #expect(
      try Self.rows(.mariaDB) == Self.beforeAlter + [
        "update first FAILURE", "end", "update - REVOKED", "end",
        "celery: ALTER TABLE kinds ADD COLUMN more INT", "end",
        "changed by 1", "unreadable", "end", "changed by 1", "unreadable", "end", "changed by 1",
        "unreadable", "end",
      ]
    )
  }

  @Test func `The rows of a MySQL server's log are read, and a compressed transaction is refused`() throws {
    #expect(
      try Self.rows(.mySQL) == Self.beforeAlter + [
        "update first RETRY", "end", "update first FAILURE", "end", "update - REVOKED", "end",
        "celery: ALTER TABLE kinds ADD COLUMN more INT", "end",
        "binaryLogUnreadable", "end", "changed by 1", "unreadable", "end",
      ]
    )
  }

  @Test func `MariaDB's compressed rows are read`() throws {
    #expect(
      try Self.rows(.mariaDB, afterAlter: true).suffix(7) == [
        "end", "write compressed SUCCESS", "end", "update compressed FAILURE", "end", "write last SUCCESS",
        "end",
      ]
    )
  }

  @Test(arguments: BinaryLogRecording.all)
  func `The position follows the log into the next file`(recording: BinaryLogRecording) throws {
    var decoder = recording.decoder()
    var positions: [BinaryLogPosition] = []
    for event in try recording.events() {
      _ = try? decoder.decode(event)
      if positions.last != decoder.position { positions.append(decoder.position) }
    }
    #expect(Set(positions.map(\.file)).count == 2)
    for (earlier, later) in zip(positions, positions.dropFirst()) {
      #expect(earlier.file < later.file || earlier.offset < later.offset, "\(earlier), \(later)")
    }
  }

  @Test(arguments: BinaryLogRecording.all)
  func `A wrong byte is found by the checksum`(recording: BinaryLogRecording) throws {
    for index in try recording.events().indices {
      var decoder = recording.decoder()
      var events = try recording.events()
      events[index][events[index].count / 2] ^= 0x10
      // Before the format is known nothing says that there is a checksum.
      guard index > 0 else { continue }
      for event in events[..<index] { _ = try? decoder.decode(event) }
      #expect(throws: MariaDBError.self) { try decoder.decode(events[index]) }
    }
  }

  @Test(arguments: BinaryLogRecording.all)
  func `Events that are cut off or spoiled are errors or nothing, never a trap`(recording: BinaryLogRecording)
    throws
  {
    var generator = SeededGenerator(seed: 7)
    let events = try recording.events()
    for _ in 0..<40 {
      var decoder = recording.decoder()
      for original in events {
        var event = original
        switch UInt8.random(in: 0..<4, using: &generator) {
        case 0: event.removeLast(.random(in: 1..<event.count, using: &generator))
        case 1:
          for _ in 0..<3 {
            event[.random(in: 19..<event.count, using: &generator)] = .random(in: 0...255, using: &generator)
          }
        default: break
        }
        Self.sign(&event)
        _ = try? decoder.decode(event)
      }
    }
  }

  /// States the right length and checksum: the test is to get behind these.
  private static func sign(_ event: inout [UInt8]) {
    guard event.count >= 23 else { return }
    for index in 0..<4 { event[9 + index] = UInt8(truncatingIfNeeded: event.count >> (8 * index)) }
    let sum = event.dropLast(4).withUnsafeBytes { BinaryLogCompression.crc32($0) }
    for index in 0..<4 {
      event[event.count - 4 + index] = UInt8(truncatingIfNeeded: sum >> UInt32(8 * index))
    }
  }

  @Test(arguments: BinaryLogRecording.all)
  func `The rows of other tables are skipped`(recording: BinaryLogRecording) throws {
    let selection = BinaryLogSelection(database: "celery", table: "other", columns: [], columnCount: 1)
    var decoder = BinaryLogDecoder(selection, at: BinaryLogPosition(file: "", offset: 4))
    var counts: [Int] = []
    for event in try recording.events() {
      if case .rows(let rows)? = try? decoder.decode(event) { counts.append(rows.rows.count) }
    }
    #expect(counts == [2, 2])
  }
}
