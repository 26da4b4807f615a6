internal import CMariaDB

/// What the server says about a column of a result.
public struct ColumnMetadata: Sendable, Hashable {
  /// The column's name, or its alias.
  public let name: String
  let type: enum_field_types
  let isUnsigned: Bool
  let isBinary: Bool

  /// The number that MySQL gives to the character set `binary`.
  private static let binaryCharacterSet: UInt32 = 63

  init(_ field: MYSQL_FIELD) {
    let name = UnsafeRawBufferPointer(start: field.name, count: Int(field.name_length))
    self.init(field, name: String(decoding: name, as: UTF8.self))
  }

  init(_ field: MYSQL_FIELD, name: String) {
    self.name = name
    type = field.type
    isUnsigned = field.flags & UInt32(UNSIGNED_FLAG) != 0
    // JSON is text, though MySQL calls its character set binary.
    isBinary = field.charsetnr == Self.binaryCharacterSet && field.type != MYSQL_TYPE_JSON
  }

  /// Whether a value of this field is read in the same way.
  func describes(_ field: MYSQL_FIELD) -> Bool {
    type == field.type && isUnsigned == (field.flags & UInt32(UNSIGNED_FLAG) != 0)
      && isBinary == (field.charsetnr == Self.binaryCharacterSet && field.type != MYSQL_TYPE_JSON)
  }
}

extension ColumnMetadata {
  /// Compares what the server says.
  public static func == (left: ColumnMetadata, right: ColumnMetadata) -> Bool {
    left.name == right.name && left.type == right.type && left.isUnsigned == right.isUnsigned
      && left.isBinary == right.isBinary
  }

  /// Hashes what the server says.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(type.rawValue)
  }
}
