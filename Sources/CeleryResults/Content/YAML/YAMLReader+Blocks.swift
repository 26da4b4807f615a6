extension YAMLReader {
  /// Reads the node that begins at the position or on a later line.
  ///
  /// - Parameters:
  ///   - parent: The column of the collection that the node is part of; what it has stands further right.
  ///   - isCompact: Whether a collection may begin on the line that the position is on.
  ///   - isValue: Whether it is the value of a key: then a list may stand in the column of the key.
  mutating func node(
    parent: Int,
    isCompact: Bool,
    isValue: Bool = false
  ) throws(ContentError) -> Reference {
    try enter()
    defer { leave() }
    var mayBegin = skipToContent() || isCompact
    if endsHere(parent: parent, isValue: isValue) { return ContentGraph.none }
    let start = position
    var own = try properties()
    if own.anchor != nil || own.tag != nil {
      let crossed = skipToContent()
      if crossed { mayBegin = true }
      if endsHere(parent: parent, isValue: isValue) { return try scalar("", isPlain: true, own) }
      if !crossed, mayBegin, beginsWithKey() {
        // What stands before a key on its line belongs to the key.
        position = start
        own = Properties()
      }
    }
    let reference: Reference
    if mayBegin, isIndicator("-") {
      reference = try sequence(own, parent: parent)
    } else if mayBegin, isIndicator("?") || beginsWithKey() {
      reference = try mapping(own)
    } else if current == UInt8(ascii: "|") || current == UInt8(ascii: ">") {
      reference = try blockScalar(parent: parent, own)
    } else {
      return try flowNode(own, parent: parent, isInFlow: false)
    }
    return reference
  }

  /// Whether nothing follows that belongs to a node in this place.
  private func endsHere(parent: Int, isValue: Bool) -> Bool {
    if current == nil || isAtDocumentMarker { return true }
    if column > parent { return false }
    return !(isValue && column == parent && isIndicator("-"))
  }

  /// Whether the character is at the position and a blank after it.
  func isIndicator(_ character: Unicode.Scalar) -> Bool {
    current == UInt8(ascii: character) && Self.isBlank(byte(after: 1))
  }

  private mutating func sequence(_ own: Properties, parent: Int) throws(ContentError) -> Reference {
    let column = column
    var elements: [Reference] = []
    let reference = graph.add(.list)
    if let anchor = own.anchor { anchors[anchor] = reference }
    repeat {
      position += 1
      elements.append(try node(parent: column, isCompact: true))
      skipToContent()
    } while self.column == column && isIndicator("-")
    graph.append(elements, to: reference)
    // The value of a key may stand in the key's column, and the next key below it.
    try requireEnd(before: parent == column ? column + 1 : column)
    return try tagged(reference, own)
  }

  private mutating func mapping(_ own: Properties) throws(ContentError) -> Reference {
    let column = column
    let reference = graph.add(.dictionary)
    if let anchor = own.anchor { anchors[anchor] = reference }
    var members = YAMLMembers()
    repeat {
      var key = ContentGraph.none
      var isMerge = false
      let isExplicit = isIndicator("?")
      if isExplicit {
        position += 1
        key = try node(parent: column, isCompact: true)
        skipToContent()
      } else {
        isMerge = isMergeKey
        let own = try properties()
        key =
          isIndicator(":")
          ? try scalar("", isPlain: true, own)
          : try flowNode(own, parent: column, isInFlow: false, isKey: true)
        skipSpaces()
        guard isIndicator(":") else { throw error(.malformed, "expected ':' after a key") }
      }
      var value = ContentGraph.none
      if isIndicator(":"), self.column >= column {
        position += 1
        value = try node(parent: column, isCompact: isExplicit, isValue: true)
      }
      try add(key, value, isMerge: isMerge, to: &members)
      skipToContent()
    } while self.column == column && current != nil && !isAtDocumentMarker
    graph.append(members.parts, to: reference)
    try requireEnd(before: column)
    return try tagged(reference, own)
  }

  private func requireEnd(before column: Int) throws(ContentError) {
    guard current == nil || self.column < column || isAtDocumentMarker else {
      throw error(.malformed, "expected a line that is indented as the one before")
    }
  }

  /// Whether `<<` and a colon stand here.
  var isMergeKey: Bool {
    guard current == UInt8(ascii: "<"), byte(after: 1) == current else { return false }
    var distance = 2
    while byte(after: distance) == 0x20 { distance += 1 }
    return byte(after: distance) == UInt8(ascii: ":")
  }

  /// Whether the line goes on with a key and a colon.
  private func beginsWithKey() -> Bool {
    // Read on trial, nothing of which is kept.
    var trial = self
    do throws(ContentError) {
      _ = try trial.properties()
      switch trial.current {
      case UInt8(ascii: "["), UInt8(ascii: "{"): try trial.skipBrackets()
      case UInt8(ascii: "*"):
        while let byte = trial.current, !Self.isBlank(byte) { trial.position += 1 }
      case UInt8(ascii: "\""): _ = try trial.doubleQuoted()
      case UInt8(ascii: "'"): _ = try trial.singleQuoted()
      case UInt8(ascii: ":") where trial.isIndicator(":"): break
      default: _ = try trial.plain(parent: -1, isInFlow: false, isKey: true)
      }
    } catch {
      return false
    }
    trial.skipSpaces()
    return trial.lineStart == lineStart && trial.isIndicator(":")
  }

  private mutating func skipBrackets() throws(ContentError) {
    var open = 0
    while let byte = current, !Self.isBreak(byte) {
      switch byte {
      case UInt8(ascii: "\""): _ = try doubleQuoted()
      case UInt8(ascii: "'"): _ = try singleQuoted()
      default:
        if "[{".utf8.contains(byte) { open += 1 }
        if "]}".utf8.contains(byte) { open -= 1 }
        position += 1
      }
      if open == 0 { return }
    }
  }
}
