/// Rows under headings, in columns as wide as they need be.
struct TextTable {
  let headings: [String]
  var rows: [[String]] = []

  init(_ headings: [String]) {
    self.headings = headings
  }

  var text: String {
    let lines = [headings] + rows
    let widths = headings.indices.map { column in lines.map { Self.width(of: $0[column]) }.max() ?? 0 }
    return lines.map { line in
      var text = ""
      for (column, cell) in line.enumerated() {
        text += cell
        if column < line.count - 1 {
          text += String(repeating: " ", count: widths[column] - Self.width(of: cell) + 2)
        }
      }
      while text.last == " " { text.removeLast() }
      return text
    }.joined(separator: "\n")
  }

  /// How many cells of a terminal a text takes: East Asian characters and emoji take two.
  static func width(of text: String) -> Int {
    text.reduce(0) { width, character in
      let scalar = character.unicodeScalars.first?.value ?? 0
      switch scalar {
      case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
        0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
        return width + 2
      default: return width + 1
      }
    }
  }
}
