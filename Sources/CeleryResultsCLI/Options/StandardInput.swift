/// What comes on standard input.
enum StandardInput {
  /// All of it, as text.
  ///
  /// - Throws: ``ToolError`` when there is nothing.
  static func text() throws -> String {
    var text = ""
    while let line = readLine(strippingNewline: false) { text += line }
    guard !text.isEmpty else { throw ToolError("nothing came on standard input") }
    return text
  }
}
