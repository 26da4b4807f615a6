/// The prepared statements of a connection by their text.
///
/// When the bound is reached the least recently used one is closed, here and on the server.
struct StatementCache {
  private struct Entry {
    let statement: PreparedStatement
    var lastUse: UInt64
  }

  private var entries: [String: Entry] = [:]
  private var uses: UInt64 = 0
  let capacity: Int

  init(capacity: Int) {
    self.capacity = max(capacity, 0)
  }

  var count: Int { entries.count }

  /// The statement with this text, which becomes the most recently used.
  mutating func statement(for sql: String) -> PreparedStatement? {
    uses += 1
    guard let index = entries.index(forKey: sql) else { return nil }
    entries.values[index].lastUse = uses
    return entries.values[index].statement
  }

  mutating func insert(_ statement: PreparedStatement) {
    guard capacity > 0 else { return }
    if entries.count >= capacity, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
      entries.removeValue(forKey: oldest.key)
    }
    entries[statement.sql] = Entry(statement: statement, lastUse: uses)
  }

  mutating func remove(_ sql: String) {
    entries.removeValue(forKey: sql)
  }

  mutating func removeAll() {
    entries.removeAll()
  }
}
