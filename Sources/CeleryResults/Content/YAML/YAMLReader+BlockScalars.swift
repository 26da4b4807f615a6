extension YAMLReader {
  /// Reads a scalar after `|` or `>`, whose lines stand as they are or are joined.
  mutating func blockScalar(parent: Int, _ own: Properties) throws(ContentError) -> Reference {
    let isFolded = current == UInt8(ascii: ">")
    position += 1
    var keepsAll: Bool?
    var indentation: Int?
    while let byte = current, !Self.isBlank(byte) {
      switch byte {
      case UInt8(ascii: "+"): keepsAll = true
      case UInt8(ascii: "-"): keepsAll = false
      case UInt8(ascii: "1")...UInt8(ascii: "9"):
        indentation = max(parent, 0) + Int(byte - UInt8(ascii: "0"))
      default: throw error(.malformed, "expected the end of the line after | or >")
      }
      position += 1
    }
    skipSpaces()
    if current == UInt8(ascii: "#") {
      while let byte = current, !Self.isBreak(byte) { position += 1 }
    }
    guard current == nil || Self.isBreak(current) else {
      throw error(.malformed, "expected the end of the line after | or >")
    }
    if current != nil { skipBreak() }
    let lines = blockLines(parent: parent, indentation: indentation)
    var text = isFolded ? Self.folded(lines.text) : lines.text.map { Array($0) + [0x0A] }.flatMap { $0 }
    if keepsAll == true {
      text += Array(repeating: 0x0A, count: lines.emptyAtEnd)
    } else if keepsAll == false || lines.text.isEmpty {
      if text.last == 0x0A { text.removeLast() }
    }
    return try scalar(PythonString(String(decoding: text, as: UTF8.self)), own)
  }

  /// Reads the lines, without their indentation, and counts the empty ones at the end.
  private mutating func blockLines(
    parent: Int,
    indentation: Int?
  ) -> (text: [ArraySlice<UInt8>], emptyAtEnd: Int) {
    var lines: [ArraySlice<UInt8>] = []
    var indentation = indentation
    var empty = 0
    while current != nil, !isAtDocumentMarker {
      let start = position
      while current == 0x20, indentation.map({ column < $0 }) ?? true { position += 1 }
      if Self.isBreak(current) {
        skipBreak()
        empty += 1
        continue
      }
      if current == nil { break }
      let needed = indentation ?? column
      guard column >= needed, needed > parent, needed > 0 || parent < 0 else {
        position = start
        break
      }
      indentation = needed
      lines += Array(repeating: [], count: empty)
      empty = 0
      let textStart = position
      while let byte = current, !Self.isBreak(byte) { position += 1 }
      lines.append(bytes[textStart..<position])
      if current != nil { skipBreak() }
    }
    return (lines, empty)
  }

  /// Joins lines by spaces, except round empty ones and those that are indented further.
  private static func folded(_ lines: [ArraySlice<UInt8>]) -> [UInt8] {
    var text: [UInt8] = []
    var previous: ArraySlice<UInt8>?
    var empty = 0
    for line in lines {
      if line.isEmpty {
        empty += 1
        continue
      }
      if let previous {
        let isJoined = ![0x20, 0x09].contains(line.first) && ![0x20, 0x09].contains(previous.first)
        if isJoined && empty == 0 { text.append(0x20) }
        text += Array(repeating: 0x0A, count: isJoined ? empty : empty + 1)
      } else {
        text += Array(repeating: 0x0A, count: empty)
      }
      text += line
      previous = line
      empty = 0
    }
    return text + [0x0A]
  }
}
