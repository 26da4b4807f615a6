/// Memory that is given out in pieces, which stay where they are until all are given back at once.
struct ParameterMemory: ~Copyable {
  private var chunks: [UnsafeMutableRawBufferPointer] = []
  /// The chunk that pieces are taken from, and how much of it is in use.
  private var current = 0
  private var used = 0

  private static let chunkBytes = 64 * 1024
  /// What is kept for the next time, at most.
  private static let keptBytes = 8 * chunkBytes

  deinit {
    for chunk in chunks { chunk.deallocate() }
  }

  /// Gives a piece that is aligned for numbers and dates.
  mutating func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
    let size = (byteCount + 7) & ~7
    while true {
      if current == chunks.count {
        chunks.append(.allocate(byteCount: max(size, Self.chunkBytes), alignment: 16))
        used = 0
      }
      let chunk = chunks[current]
      if used + size <= chunk.count, let start = chunk.baseAddress {
        defer { used += size }
        return start + used
      }
      current += 1
      used = 0
    }
  }

  /// Takes all pieces back.
  mutating func reset() {
    (current, used) = (0, 0)
    var total = chunks.reduce(0) { $0 + $1.count }
    while total > Self.keptBytes, let last = chunks.popLast() {
      total -= last.count
      last.deallocate()
    }
  }
}
