import Foundation

@testable import MariaDBClient

/// The events of a binary log that a server sent.
///
/// The server did, each in a transaction of its own unless it says otherwise, with the tables `kinds` (columns of every
/// type, then `task_id`, `status`, `id`) and `other`: INSERT first PENDING with all columns set; INSERT second NULL and
/// drïtte STARTED in one statement; UPDATE of both with id 1 and 2 to SUCCESS; INSERT into other; a transaction of
/// INSERT fourth SUCCESS, UPDATE of other, UPDATE of fourth's task_id to fifth; DELETE of second; on MySQL an UPDATE of
/// first to RETRY with PARTIAL_JSON; UPDATE of first to FAILURE with the row image NOBLOB, and to REVOKED with MINIMAL;
/// ALTER TABLE kinds ADD COLUMN; INSERT of compressed SUCCESS in a compressed transaction (MySQL), or that and an
/// UPDATE of it to FAILURE with log_bin_compress (MariaDB); FLUSH BINARY LOGS; INSERT of last SUCCESS.
struct BinaryLogRecording: Sendable, CustomStringConvertible {
  let name: String
  /// How many columns the table has before ALTER TABLE.
  let columnCount: Int

  static let mariaDB = BinaryLogRecording(name: "mariadb1011", columnCount: 43)
  static let mySQL = BinaryLogRecording(name: "mysql97", columnCount: 39)
  static let all = [mariaDB, mySQL]

  var description: String { name }

  /// The selection of `task_id` and `status`.
  func selection(afterAlter: Bool = false) -> BinaryLogSelection {
    BinaryLogSelection(
      database: "celery",
      table: "kinds",
      columns: [columnCount - 3, columnCount - 2],
      columnCount: columnCount + (afterAlter ? 1 : 0)
    )
  }

  func decoder(afterAlter: Bool = false) -> BinaryLogDecoder {
    BinaryLogDecoder(selection(afterAlter: afterAlter), at: BinaryLogPosition(file: "", offset: 4))
  }

  func events() throws -> [[UInt8]] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Recordings/\(name).txt")
    let text = try String(contentsOf: file, encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let digits = line.utf8.map { UInt8(Character(Unicode.Scalar($0)).hexDigitValue ?? 0) }
      return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
  }
}

extension BinaryLogDecoder {
  /// Reads one event from an array.
  mutating func decode(_ event: [UInt8]) throws -> BinaryLogEvent {
    // The closure of withUnsafeBytes throws any error.
    var decoder = self
    defer { self = decoder }
    return try event.withUnsafeBytes { try decoder.decode($0) }
  }
}
