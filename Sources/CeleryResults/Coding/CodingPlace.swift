/// Where a value stands in what is encoded or decoded.
///
/// It becomes a path only for those who ask for one, such as errors.
indirect enum CodingPlace {
  case top
  case member(any CodingKey, of: CodingPlace)
  case element(Int, of: CodingPlace)

  /// The keys from the top down to this place.
  var path: [any CodingKey] {
    var keys: [any CodingKey] = []
    var place = self
    while true {
      switch place {
      case .top: return keys.reversed()
      case .member(let key, let parent):
        keys.append(key)
        place = parent
      case .element(let index, let parent):
        keys.append(IndexKey(intValue: index))
        place = parent
      }
    }
  }
}

/// A key of an object.
struct NameKey: CodingKey {
  let stringValue: String
  var intValue: Int? { Int(stringValue) }

  init(stringValue: String) {
    self.stringValue = stringValue
  }

  init?(intValue: Int) {
    self.stringValue = String(intValue)
  }
}

/// A place in an array, for the paths of errors.
struct IndexKey: CodingKey {
  let intValue: Int?
  var stringValue: String { "Index \(intValue ?? 0)" }

  init(intValue: Int) {
    self.intValue = intValue
  }

  init?(stringValue: String) {
    nil
  }
}
