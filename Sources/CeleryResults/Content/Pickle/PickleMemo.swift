/// What a pickle has memorised, by number.
///
/// Python numbers from 0 without gaps: these are kept in an array.
struct PickleMemo {
  private var dense: [ContentGraph.Reference] = []
  private var sparse: [UInt64: ContentGraph.Reference] = [:]

  /// How many are memorised.
  var count: Int { dense.count + sparse.count }

  subscript(index: UInt64) -> ContentGraph.Reference? {
    get {
      index < UInt64(dense.count) ? dense[Int(index)] : sparse[index]
    }
    set {
      guard let newValue else { return }
      if index < UInt64(dense.count) {
        dense[Int(index)] = newValue
      } else if index == UInt64(dense.count) {
        dense.append(newValue)
        if !sparse.isEmpty { sparse[index] = nil }
      } else {
        sparse[index] = newValue
      }
    }
  }
}
