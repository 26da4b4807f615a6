/// An integer beyond 64 bits, kept as its decimal digits.
public struct PythonBigInteger: Hashable, Sendable, CustomStringConvertible {
  /// The digits, with a minus sign if negative and without leading zeros.
  public let digits: String

  /// Makes an integer of normalised digits that were found not to fit `Int64`.
  init(normalizedDigits: String) {
    self.digits = normalizedDigits
  }

  /// The decimal digits.
  public var description: String { digits }
}

extension PythonValue {
  /// Makes an integer of decimal digits with an optional sign, whatever their number.
  ///
  /// Nil when `digits` is not an integer in decimal digits.
  public init?(integerDigits digits: String) {
    if let small = Int64(digits) {
      self = .integer(small)
      return
    }
    var rest = digits.utf8[...]
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    guard !rest.isEmpty, rest.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
      return nil
    }
    rest = rest.drop { $0 == UInt8(ascii: "0") }
    let text = (isNegative ? "-" : "") + String(decoding: rest, as: UTF8.self)
    if let small = Int64(text) {
      self = .integer(small)
    } else {
      self = .bigInteger(PythonBigInteger(normalizedDigits: text))
    }
  }

  /// Makes an integer of any Swift integer.
  public init<Value: BinaryInteger>(_ value: Value) {
    if let small = Int64(exactly: value) {
      self = .integer(small)
    } else {
      self = .bigInteger(PythonBigInteger(normalizedDigits: String(value)))
    }
  }
}
