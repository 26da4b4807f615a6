extension YAMLReader {
  /// Reads a plain scalar, which may go on in further lines.
  mutating func plain(parent: Int, isInFlow: Bool, isKey: Bool) throws(ContentError) -> String {
    guard let first = current, canBeginPlain(first, isInFlow: isInFlow) else {
      throw error(.malformed, "expected a value")
    }
    var text: [UInt8] = []
    while true {
      let line = plainLine(isInFlow: isInFlow)
      text += line.text
      if isKey || line.isLast { break }
      // Look whether the next line that is not empty goes on.
      let end = (position, lineStart)
      var breaks = 0
      while Self.isBreak(current) {
        skipBreak()
        breaks += 1
        skipSpaces()
      }
      let goesOn =
        breaks > 0 && current != nil && current != UInt8(ascii: "#") && !isAtDocumentMarker
        && (isInFlow || column > parent) && continues(isInFlow: isInFlow)
      guard goesOn else {
        (position, lineStart) = end
        break
      }
      text += breaks == 1 ? [0x20] : Array(repeating: 0x0A, count: breaks - 1)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private func continues(isInFlow: Bool) -> Bool {
    guard let byte = current else { return false }
    if isInFlow && ",[]{}".utf8.contains(byte) { return false }
    return !(byte == UInt8(ascii: ":") && endsPlain(isInFlow: isInFlow))
  }

  /// Reads up to the end of the line, a comment or what follows a scalar; tells if the scalar ends with it.
  private mutating func plainLine(isInFlow: Bool) -> (text: ArraySlice<UInt8>, isLast: Bool) {
    let start = position
    var end = position
    var isLast = false
    while let byte = current, !Self.isBreak(byte) {
      if isInFlow && ",[]{}".utf8.contains(byte) {
        isLast = true
        break
      }
      if byte == UInt8(ascii: ":") && endsPlain(isInFlow: isInFlow) {
        isLast = true
        break
      }
      if byte == UInt8(ascii: "#") && position > start && Self.isBlank(bytes[position - 1]) {
        isLast = true
        break
      }
      position += 1
      if byte != 0x20 && byte != 0x09 { end = position }
    }
    if isLast { position = end }
    return (bytes[start..<end], isLast)
  }

  /// Whether the colon at the position ends a plain scalar.
  private func endsPlain(isInFlow: Bool) -> Bool {
    let next = byte(after: 1)
    return Self.isBlank(next) || (isInFlow && ",[]{}".utf8.contains(next ?? 0))
  }

  private func canBeginPlain(_ byte: UInt8, isInFlow: Bool) -> Bool {
    if byte == UInt8(ascii: "-") { return !Self.isBlank(self.byte(after: 1)) }
    if "?:".utf8.contains(byte) {
      let next = self.byte(after: 1)
      return !Self.isBlank(next) && !(isInFlow && ",[]{}".utf8.contains(next ?? 0))
    }
    return !Self.isBlank(byte) && !",[]{}#&*!|>'\"%@`".utf8.contains(byte)
  }
}
