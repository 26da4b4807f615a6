/// UTF-8 text in the course of being written.
///
/// It stands in memory that was lent to it, and in memory of its own when there is no more room. Nobody else has the
/// text, so that no append has to ask.
struct TextBuffer: ~Copyable {
  private var memory: UnsafeMutableBufferPointer<UInt8>
  private var count = 0
  private var ownsMemory = false

  /// Makes an empty text.
  ///
  /// - Parameter scratch: Memory to begin in, of at least one byte, which must outlive this.
  init(scratch: UnsafeMutableBufferPointer<UInt8>) {
    memory = scratch
  }

  deinit {
    if ownsMemory { memory.deallocate() }
  }

  /// What has been written.
  var text: String {
    String(decoding: UnsafeBufferPointer(rebasing: memory[..<count]), as: UTF8.self)
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    let end = end(with: 1)
    end.initialize(to: byte)
  }

  @inline(__always)
  mutating func append(literal: StaticString) {
    end(with: literal.utf8CodeUnitCount).initialize(from: literal.utf8Start, count: literal.utf8CodeUnitCount)
  }

  mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let start = bytes.baseAddress else { return }
    end(with: bytes.count).initialize(from: start, count: bytes.count)
  }

  mutating func append(_ text: String) {
    text.withBytes { append($0) }
  }

  mutating func append(repeating byte: UInt8, count: Int) {
    end(with: count).initialize(repeating: byte, count: count)
  }

  mutating func append(digitsOf value: UInt64) {
    var length = 1
    var rest = value
    while rest >= 10 {
      rest /= 10
      length &+= 1
    }
    var end = end(with: length) + length
    rest = value
    repeat {
      end -= 1
      end.initialize(to: UInt8(ascii: "0") | UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    } while rest > 0
  }

  /// Makes room for so many more bytes, and says where they go.
  @inline(__always)
  private mutating func end(with added: Int) -> UnsafeMutablePointer<UInt8> {
    if added > memory.count &- count { grow(by: added) }
    let end = memory.baseAddress.unsafelyUnwrapped + count
    count &+= added
    return end
  }

  @inline(never)
  private mutating func grow(by added: Int) {
    let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(2 * memory.count, count + added))
    _ = larger.moveInitialize(fromContentsOf: memory[..<count])
    if ownsMemory { memory.deallocate() }
    memory = larger
    ownsMemory = true
  }
}

extension String {
  /// Gives the text in UTF-8 to `body`, where it is if it can be.
  @inline(__always)
  func withBytes<Outcome>(_ body: (UnsafeBufferPointer<UInt8>) -> Outcome) -> Outcome {
    if let outcome = utf8.withContiguousStorageIfAvailable(body) { return outcome }
    var text = self
    return text.withUTF8(body)
  }
}
