import CeleryResults

/// What a command has to say, for people and for programs.
protocol Reportable {
  /// The lines for people.
  var lines: [String] { get }
  /// The value for programs.
  var json: PythonValue { get }
}

extension OutputOptions {
  /// Writes it in the format that was asked for.
  func write(_ report: some Reportable) throws {
    switch format {
    case .text: for line in report.lines { try StandardOutput.write(line: line) }
    case .json: try StandardOutput.write(line: PythonJSON.encodeReadably(report.json))
    }
  }
}

extension PythonValue {
  /// A text.
  static func text(_ text: String) -> PythonValue { .string(PythonString(text)) }

  /// A text, or null.
  static func text(_ text: String?) -> PythonValue { text.map { .text($0) } ?? .null }

  /// A number.
  static func number(_ number: Int) -> PythonValue { .integer(Int64(number)) }

  /// A number, or null.
  static func number(_ number: Int?) -> PythonValue { number.map { .number($0) } ?? .null }

  /// A list of texts.
  static func texts(_ texts: [String]) -> PythonValue { .array(texts.map { .text($0) }) }
}
