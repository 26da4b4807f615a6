/// The kind of an event in a binary log.
///
/// Source: `mariadb_rpl.h`, and the MySQL server's `binlog_event.h` for those above 39.
struct BinaryLogEventType: Sendable, Hashable {
  let rawValue: UInt8

  static let query = Self(rawValue: 2)
  static let rotate = Self(rawValue: 4)
  static let formatDescription = Self(rawValue: 15)
  static let xid = Self(rawValue: 16)
  static let tableMap = Self(rawValue: 19)
  static let heartbeat = Self(rawValue: 27)
  static let heartbeatV2 = Self(rawValue: 41)
  static let gtid = Self(rawValue: 33)
  static let anonymousGTID = Self(rawValue: 34)
  static let xaPrepare = Self(rawValue: 38)
  static let transactionPayload = Self(rawValue: 40)
  static let taggedGTID = Self(rawValue: 42)
  static let mariaDBGTID = Self(rawValue: 162)
  static let compressedQuery = Self(rawValue: 165)

  /// What an event of rows is, and how its body is laid out.
  struct Rows: Sendable, Hashable {
    let kind: BinaryLogRows.Kind
    /// Whether the header is followed by extra data, as MySQL writes it.
    var hasExtraData = false
    var isCompressed = false
    /// Whether documents in it may be differences from those before.
    var isPartial = false
  }

  /// Nil for all that is no event of rows.
  var rows: Rows? {
    switch rawValue {
    case 23: Rows(kind: .write)
    case 24: Rows(kind: .update)
    case 25: Rows(kind: .delete)
    case 30: Rows(kind: .write, hasExtraData: true)
    case 31: Rows(kind: .update, hasExtraData: true)
    case 32: Rows(kind: .delete, hasExtraData: true)
    case 39: Rows(kind: .update, hasExtraData: true, isPartial: true)
    case 166: Rows(kind: .write, isCompressed: true)
    case 167: Rows(kind: .update, isCompressed: true)
    case 168: Rows(kind: .delete, isCompressed: true)
    case 169: Rows(kind: .write, hasExtraData: true, isCompressed: true)
    case 170: Rows(kind: .update, hasExtraData: true, isCompressed: true)
    case 171: Rows(kind: .delete, hasExtraData: true, isCompressed: true)
    default: nil
    }
  }
}
