import CeleryResults

/// Where one result of a batch goes.
struct StoreRow {
  /// Its place in the batch.
  let index: Int
  /// The id of its task's row if there is one.
  let id: Int64?
  /// The group, and behind it the row's id, or how the task's begins: most rows are ordered without a look at their
  /// texts.
  private let order: UInt64

  /// How many of its bits are behind the group.
  private static let keyBits: UInt64 = 56

  init(_ index: Int, _ call: StoreCall, id: Int64?) {
    self.index = index
    self.id = id
    let group = call.kind.order + (id == nil ? 0 : StoreKind.all.count)
    let key =
      id.map { UInt64(bitPattern: $0) & (1 << Self.keyBits - 1) }
      ?? call.result.id.rawValue.firstBytes >> (64 - Self.keyBits)
    order = UInt64(group) << Self.keyBits | key
  }

  /// What results must have in common for a statement: those of new tasks come first.
  var group: Int { Int(order >> Self.keyBits) }

  /// Whether this row comes before another.
  ///
  /// - Parameter tie: Says it of two tasks that begin in the same way.
  func precedes(_ other: StoreRow, tie: () -> Bool) -> Bool {
    order == other.order ? tie() : order < other.order
  }
}

extension String {
  /// The first eight bytes as one number that orders as they do; zeros where there are fewer.
  fileprivate var firstBytes: UInt64 {
    let found = utf8.withContiguousStorageIfAvailable { bytes in
      bytes.count < 8 ? nil : UInt64(bigEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(as: UInt64.self))
    }
    if let number = found.flatMap(\.self) { return number }
    return utf8.prefix(8).enumerated().reduce(0) { $0 | UInt64($1.element) << (56 - 8 * $1.offset) }
  }
}
