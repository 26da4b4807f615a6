/// A `decimal.Decimal`, kept as its text, so that `1.10`, exponents, NaN and infinity survive.
///
/// Two values are equal when their texts are: `1.10` and `1.1` are not.
public struct PythonDecimal: Hashable, Sendable, CustomStringConvertible {
  /// The text, as Python's `str` writes it when it came from Python.
  public let text: String

  /// Makes a decimal of text that Python's `Decimal` takes: digits with sign, point and exponent, `Infinity`,
  /// `NaN` and `sNaN`; nil for any other text.
  public init?(_ text: String) {
    guard let start = text.firstIndex(where: { !$0.isWhitespace }),
      let end = text.lastIndex(where: { !$0.isWhitespace })
    else { return nil }
    let trimmed = text[start...end].filter { $0 != "_" }
    guard Self.isDecimal(trimmed.lowercased()[...]) else { return nil }
    self.text = trimmed
  }

  /// The text.
  public var description: String { text }

  private static func isDecimal(_ lowercased: Substring) -> Bool {
    var rest = lowercased
    if let sign = rest.first, sign == "-" || sign == "+" { rest = rest.dropFirst() }
    if rest == "inf" || rest == "infinity" { return true }
    for prefix in ["nan", "snan"] where rest.hasPrefix(prefix) {
      return rest.dropFirst(prefix.count).allSatisfy(isDigit)
    }
    let parts = rest.split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
    if parts.count == 2 {
      var exponent = parts[1]
      if let sign = exponent.first, sign == "-" || sign == "+" { exponent = exponent.dropFirst() }
      guard !exponent.isEmpty, exponent.allSatisfy(isDigit) else { return false }
    }
    let digits = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    return digits.allSatisfy { $0.allSatisfy(isDigit) } && digits.contains { !$0.isEmpty }
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }
}
