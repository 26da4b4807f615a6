/// Runs a pickle: a stack, a memo, and objects of which none is ever more than data.
struct PickleMachine {
  let bytes: [UInt8]
  let limits: ContentLimits
  var position = 0
  var graph = ContentGraph()
  private var stack: [ContentGraph.Reference] = []
  private var marks: [Int] = []
  private var memo = PickleMemo()

  init(_ bytes: [UInt8], limits: ContentLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  /// Runs to the end, and gives the object that is on the stack there.
  mutating func run() throws(ContentError) -> ContentGraph.Reference {
    while true {
      let start = position
      guard let opcode = PickleOpcode(rawValue: try byte()) else {
        throw ContentError(
          .malformed,
          in: Pickle.format,
          byteOffset: start,
          detail: "expected an instruction"
        )
      }
      if opcode == .stop { return try pop() }
      try execute(opcode)
      guard graph.count <= limits.values + 4,
        max(stack.count, marks.count, memo.count, graph.parts.numbers.count) <= limits.values
      else {
        throw error(.tooLarge, "there are more than \(limits.values) values")
      }
    }
  }

  // MARK: - Stack

  mutating func push(_ reference: ContentGraph.Reference) {
    stack.append(reference)
  }

  mutating func push(_ value: PythonValue) {
    stack.append(graph.add(.value(value)))
  }

  mutating func pushMark() {
    marks.append(stack.count)
  }

  mutating func pop() throws(ContentError) -> ContentGraph.Reference {
    guard stack.count > (marks.last ?? 0), let reference = stack.popLast() else { throw underflow }
    return reference
  }

  /// The topmost object, which stays.
  func top() throws(ContentError) -> ContentGraph.Reference {
    guard stack.count > (marks.last ?? 0), let reference = stack.last else { throw underflow }
    return reference
  }

  /// Takes what lies above the topmost mark, and the mark.
  mutating func popToMark() throws(ContentError) -> [ContentGraph.Reference] {
    guard let mark = marks.popLast() else { throw error(.malformed, "there is no mark") }
    let items = Array(stack[mark...])
    stack.removeSubrange(mark...)
    return items
  }

  /// Drops the topmost object, or mark when this lies on top.
  mutating func drop() throws(ContentError) {
    if marks.last == stack.count {
      marks.removeLast()
    } else {
      _ = try pop()
    }
  }

  private var underflow: ContentError { error(.malformed, "the stack is empty") }

  // MARK: - Memo

  mutating func memoize(at index: UInt64? = nil) throws(ContentError) {
    memo[index ?? UInt64(memo.count)] = try top()
  }

  mutating func recall(_ index: UInt64) throws(ContentError) {
    guard let reference = memo[index] else {
      throw error(.malformed, "nothing was memorised under this number")
    }
    push(reference)
  }

  // MARK: - Bytes

  mutating func byte() throws(ContentError) -> UInt8 {
    guard position < bytes.count else { throw error(.unexpectedEnd, "expected an instruction") }
    position += 1
    return bytes[position - 1]
  }

  /// Takes so many bytes; a length that is longer than what is there costs nothing.
  mutating func take(_ count: UInt64) throws(ContentError) -> ArraySlice<UInt8> {
    guard count <= UInt64(bytes.count - position) else {
      throw error(.unexpectedEnd, "a length goes beyond the end")
    }
    position += Int(count)
    return bytes[(position - Int(count))..<position]
  }

  /// Takes a number of so many bytes, the lowest first.
  mutating func number(ofBytes count: UInt64) throws(ContentError) -> UInt64 {
    try take(count).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Takes a line, without its end.
  mutating func line() throws(ContentError) -> ArraySlice<UInt8> {
    let rest = bytes[position...]
    guard let end = rest.firstIndex(of: 0x0A) else { throw error(.unexpectedEnd, "a line does not end") }
    position = end + 1
    return rest[..<end]
  }

  /// An error at the position.
  func error(_ code: ContentError.Code, _ detail: String) -> ContentError {
    ContentError(code, in: Pickle.format, byteOffset: position, detail: detail)
  }
}
