/// Reads one YAML document into a graph of objects.
struct YAMLReader {
  typealias Reference = ContentGraph.Reference

  /// What stands before a node: `&anchor` and `!tag`.
  struct Properties {
    var anchor: String?
    var tag: String?
  }

  let bytes: [UInt8]
  let limits: ContentLimits
  var position = 0
  var lineStart = 0
  var graph = ContentGraph()
  var anchors: [String: Reference] = [:]
  var depth = 0
  /// How many keys and values `<<` has brought.
  var mergedCount = 0

  init(_ bytes: [UInt8], limits: ContentLimits) {
    self.bytes = bytes
    self.limits = limits
  }

  /// Reads the only document.
  mutating func readDocument() throws(ContentError) -> Reference {
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw ContentError(.malformed, in: YAML.format, detail: "the text is not UTF-8")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    skipToContent()
    while current == UInt8(ascii: "%"), column == 0 {
      skipLine()
      skipToContent()
    }
    var isCompact = true
    if isMarker("---") {
      position += 3
      isCompact = false
    }
    let root = try node(parent: -1, isCompact: isCompact)
    skipToContent()
    while isMarker("...") {
      position += 3
      skipToContent()
    }
    guard current == nil else { throw error(.malformed, "expected the end of the only document") }
    return root
  }

  // MARK: - Places

  /// The byte at the position, or nil at the end.
  var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// The byte so far after the position, or nil beyond the end.
  func byte(after distance: Int) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }

  /// How far the position is from the start of its line.
  var column: Int { position - lineStart }

  /// Whether a byte ends a word: white space, the end of a line or of the text.
  static func isBlank(_ byte: UInt8?) -> Bool {
    byte == nil || byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  static func isBreak(_ byte: UInt8?) -> Bool { byte == 0x0A || byte == 0x0D }

  /// Whether a line of three characters is at the position that begins or ends a document.
  func isMarker(_ text: StaticString) -> Bool {
    guard column == 0, position + 3 <= bytes.count else { return false }
    let expected = UnsafeBufferPointer(start: text.utf8Start, count: 3)
    return bytes[position..<(position + 3)].elementsEqual(expected) && Self.isBlank(byte(after: 3))
  }

  var isAtDocumentMarker: Bool { isMarker("---") || isMarker("...") }

  /// Skips the end of a line: CR, LF or both.
  mutating func skipBreak() {
    if current == 0x0D && byte(after: 1) == 0x0A { position += 1 }
    position += 1
    lineStart = position
  }

  mutating func skipLine() {
    while let byte = current, !Self.isBreak(byte) { position += 1 }
    if current != nil { skipBreak() }
  }

  mutating func skipSpaces() {
    while current == 0x20 || current == 0x09 { position += 1 }
  }

  /// Skips white space, ends of lines and comments; tells whether a line has ended.
  @discardableResult
  mutating func skipToContent() -> Bool {
    var crossed = false
    while true {
      skipSpaces()
      if current == UInt8(ascii: "#"), position == lineStart || Self.isBlank(bytes[position - 1]) {
        while let byte = current, !Self.isBreak(byte) { position += 1 }
      }
      guard Self.isBreak(current) else { return crossed }
      skipBreak()
      crossed = true
    }
  }

  // MARK: - Objects

  mutating func enter() throws(ContentError) {
    depth += 1
    guard depth <= limits.nesting else {
      throw error(.nestingTooDeep, "values are nested more than \(limits.nesting) deep")
    }
    guard graph.count <= limits.values else {
      throw error(.tooLarge, "there are more than \(limits.values) values")
    }
  }

  mutating func leave() {
    depth -= 1
  }

  /// An error at the position.
  func error(_ code: ContentError.Code, _ detail: String) -> ContentError {
    ContentError(code, in: YAML.format, byteOffset: position, detail: detail)
  }
}
