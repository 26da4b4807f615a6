extension YAMLReader {
  /// Reads a node in brackets or quotes, an alias or a plain scalar.
  ///
  /// - Parameters:
  ///   - own: What stood before it.
  ///   - parent: The column that further lines of a scalar stand to the right of.
  ///   - isInFlow: Whether it stands in brackets.
  ///   - isKey: Whether it is a key, which has one line.
  mutating func flowNode(
    _ own: Properties,
    parent: Int,
    isInFlow: Bool,
    isKey: Bool = false
  ) throws(ContentError) -> Reference {
    switch current {
    case UInt8(ascii: "["): return try flowCollection(own, isMapping: false)
    case UInt8(ascii: "{"): return try flowCollection(own, isMapping: true)
    case UInt8(ascii: "*"):
      position += 1
      guard let reference = anchors[try anchorName()] else {
        throw error(.malformed, "an alias names nothing that stands before it")
      }
      return reference
    case UInt8(ascii: "\""): return try scalar(try doubleQuoted(), own)
    case UInt8(ascii: "'"): return try scalar(try singleQuoted(), own)
    default:
      let text = try plain(parent: parent, isInFlow: isInFlow, isKey: isKey)
      return try scalar(PythonString(text), isPlain: true, own)
    }
  }

  /// Reads what stands before a node.
  mutating func properties() throws(ContentError) -> Properties {
    var own = Properties()
    while true {
      switch current {
      case UInt8(ascii: "&") where own.anchor == nil:
        position += 1
        own.anchor = try anchorName()
      case UInt8(ascii: "!") where own.tag == nil: own.tag = try tag()
      default: return own
      }
      skipSpaces()
    }
  }

  private mutating func anchorName() throws(ContentError) -> String {
    let start = position
    while let byte = current, !Self.isBlank(byte), !",[]{}:".utf8.contains(byte) { position += 1 }
    guard position > start else { throw error(.malformed, "expected the name of an anchor") }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  /// Reads a tag: those of YAML itself by their last part, all others as they are.
  private mutating func tag() throws(ContentError) -> String {
    let start = position
    while let byte = current, !Self.isBlank(byte), !",[]{}".utf8.contains(byte) { position += 1 }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    for prefix in ["!!", "!<tag:yaml.org,2002:"] where text.hasPrefix(prefix) {
      return String(text.dropFirst(prefix.utf8.count).prefix { $0 != ">" })
    }
    return text
  }

  private mutating func flowCollection(
    _ own: Properties,
    isMapping: Bool
  ) throws(ContentError) -> Reference {
    try enter()
    defer { leave() }
    let close = UInt8(ascii: isMapping ? "}" : "]")
    let reference = graph.add(isMapping ? .dictionary : .list)
    if let anchor = own.anchor { anchors[anchor] = reference }
    position += 1
    var elements: [Reference] = []
    var members = YAMLMembers()
    skipToContent()
    while current != close {
      guard current != nil, !isAtDocumentMarker else {
        throw error(.unexpectedEnd, "a bracket is not closed")
      }
      let entry = try flowEntry(isMapping: isMapping)
      if isMapping || entry.isPair {
        var pair = isMapping ? members : YAMLMembers()
        try add(entry.key, entry.value, isMerge: entry.isMerge, to: &pair)
        if isMapping { members = pair } else { elements.append(graph.add(.dictionary, pair.parts)) }
      } else {
        elements.append(entry.key)
      }
      skipToContent()
      if current == close { break }
      guard current == UInt8(ascii: ",") else { throw error(.malformed, "expected ',' or a closing bracket") }
      position += 1
      skipToContent()
    }
    position += 1
    graph.append(isMapping ? members.parts : elements, to: reference)
    return try tagged(reference, own)
  }

  private mutating func flowEntry(
    isMapping: Bool
  ) throws(ContentError) -> (key: Reference, value: Reference, isPair: Bool, isMerge: Bool) {
    var isPair = isIndicator("?")
    if isPair {
      position += 1
      skipToContent()
    }
    let isMerge = isMergeKey
    let own = try properties()
    skipToContent()
    let first = current
    var key = ContentGraph.none
    if isFlowColon(after: nil) || first == UInt8(ascii: ",") || first == UInt8(ascii: "]")
      || first == UInt8(ascii: "}")
    {
      key = try scalar("", isPlain: true, own)
    } else {
      key = try flowNode(own, parent: -1, isInFlow: true)
    }
    skipToContent()
    var value = ContentGraph.none
    if isFlowColon(after: first) {
      isPair = true
      position += 1
      skipToContent()
      let own = try properties()
      skipToContent()
      if current == UInt8(ascii: ",") || current == UInt8(ascii: "]") || current == UInt8(ascii: "}") {
        value = try scalar("", isPlain: true, own)
      } else {
        value = try flowNode(own, parent: -1, isInFlow: true)
      }
    }
    return (key, value, isPair, isMerge)
  }

  /// Whether a colon stands here that separates a key from its value: after a key in quotes or brackets any does.
  private func isFlowColon(after first: UInt8?) -> Bool {
    guard current == UInt8(ascii: ":") else { return false }
    let next = byte(after: 1)
    if Self.isBlank(next) || ",[]{}".utf8.contains(next ?? 0) { return true }
    return first.map { "\"'[{".utf8.contains($0) } ?? false
  }
}
