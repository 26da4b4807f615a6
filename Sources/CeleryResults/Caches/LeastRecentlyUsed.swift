/// A dictionary that holds a limited number of values: the one that was used least recently goes first.
///
/// Every operation takes constant time.
struct LeastRecentlyUsed<Key: Hashable, Value> {
  private struct Entry {
    let key: Key
    var value: Value
    var newer: Int?
    var older: Int?
  }

  /// How many values are held at most; at least 1.
  let capacity: Int
  private var entries: [Entry?] = []
  private var places: [Key: Int] = [:]
  private var free: [Int] = []
  private var newest: Int?
  private var oldest: Int?

  init(capacity: Int) {
    self.capacity = max(1, capacity)
  }

  var count: Int { places.count }
  var keys: some Collection<Key> { places.keys }

  /// Reads a value, which becomes the one used last.
  mutating func use(_ key: Key) -> Value? {
    guard let place = places[key] else { return nil }
    unlink(place)
    link(place)
    return entries[place]?.value
  }

  /// Reads a value without using it.
  func peek(_ key: Key) -> Value? {
    places[key].flatMap { entries[$0]?.value }
  }

  /// Writes a value, which becomes the one used last.
  mutating func set(_ value: Value, for key: Key) {
    if let place = places[key] {
      entries[place]?.value = value
      unlink(place)
      link(place)
      return
    }
    if count >= capacity, let oldest, let key = entries[oldest]?.key { remove(key) }
    let entry = Entry(key: key, value: value)
    let place: Int
    if let reused = free.popLast() {
      place = reused
      entries[place] = entry
    } else {
      place = entries.count
      entries.append(entry)
    }
    places[key] = place
    link(place)
  }

  /// Removes a value.
  @discardableResult
  mutating func remove(_ key: Key) -> Value? {
    guard let place = places.removeValue(forKey: key) else { return nil }
    unlink(place)
    let value = entries[place]?.value
    entries[place] = nil
    free.append(place)
    return value
  }

  /// Makes a value the newest.
  private mutating func link(_ place: Int) {
    entries[place]?.newer = nil
    entries[place]?.older = newest
    if let newest { entries[newest]?.newer = place }
    newest = place
    if oldest == nil { oldest = place }
  }

  /// Takes a value out of the order.
  private mutating func unlink(_ place: Int) {
    let newer = entries[place]?.newer
    let older = entries[place]?.older
    if let newer { entries[newer]?.older = older } else { newest = older }
    if let older { entries[older]?.newer = newer } else { oldest = newer }
  }
}
