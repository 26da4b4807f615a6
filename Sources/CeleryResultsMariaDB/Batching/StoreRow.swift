import CeleryResults

/// Where one result of a batch goes.
struct StoreRow {
  /// Its place in the batch.
  let index: Int
  /// The id of its task's row if there is one.
  let id: Int64?
  /// What results must have in common for a statement: those of new tasks come first.
  let group: Int
  /// The row's id, or how the task's begins: most rows are ordered without a look at their texts.
  private let key: UInt64

  init(_ index: Int, _ call: StoreCall, id: Int64?) {
    self.index = index
    self.id = id
    group = call.kind.order + (id == nil ? 0 : StoreKind.all.count)
    key =
      id.map { UInt64(bitPattern: $0) }
      ?? call.result.id.rawValue.utf8.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Whether this row comes before another.
  ///
  /// - Parameter tie: Says it of two tasks that begin in the same way.
  func precedes(_ other: StoreRow, tie: () -> Bool) -> Bool {
    if group != other.group { return group < other.group }
    return key == other.key ? tie() : key < other.key
  }
}
