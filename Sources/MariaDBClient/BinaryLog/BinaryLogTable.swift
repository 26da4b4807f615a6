/// What a binary log says of the selected table before its rows.
struct BinaryLogTable: Sendable, Hashable {
  /// The columns; nil when the type of one is not known.
  let columns: [BinaryLogColumn]?
  let columnCount: Int
  /// For each column its place among the wanted ones, or nil.
  let places: [Int?]

  /// The names at the beginning of the description, which the caller must not keep.
  static func names(
    _ reader: inout ByteReader
  ) throws(MariaDBError) -> (database: UnsafeRawBufferPointer, table: UnsafeRawBufferPointer) {
    let database = try reader.bytes(Int(try reader.uint8()))
    try reader.skip(1)
    let table = try reader.bytes(Int(try reader.uint8()))
    try reader.skip(1)
    return (database, table)
  }

  /// Reads what follows the names.
  init(_ reader: inout ByteReader, _ selection: BinaryLogSelection) throws(MariaDBError) {
    columnCount = try reader.packedCount()
    let types = try reader.bytes(columnCount)
    var metadata = ByteReader(try reader.bytes(try reader.packedCount()))
    var columns: [BinaryLogColumn]? = []
    for type in types {
      guard let column = try BinaryLogColumn(type: type, metadata: &metadata) else {
        columns = nil
        break
      }
      columns?.append(column)
    }
    self.columns = columns
    var places = [Int?](repeating: nil, count: columnCount)
    for (place, column) in selection.columns.enumerated() where places.indices.contains(column) {
      places[column] = place
    }
    self.places = places
  }

  /// Whether all that is wanted of it can be read.
  func isReadable(_ selection: BinaryLogSelection) -> Bool {
    guard let columns else { return false }
    return selection.columns.allSatisfy { columns.indices.contains($0) && columns[$0].isText }
  }
}
