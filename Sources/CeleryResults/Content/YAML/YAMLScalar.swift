/// What a plain scalar of YAML 1.1 stands for, as PyYAML's resolver has it.
enum YAMLScalar {
  /// The value; nil for a date that does not exist or a number that is too large.
  static func value(_ text: String, limits: ContentLimits) -> PythonValue? {
    if let word = words[text] { return word }
    // What is no word begins with a digit, a sign or a point.
    guard let first = text.utf8.first, isDigit(first) || "+-.".utf8.contains(first) else {
      return .string(text)
    }
    if let timestamp = YAMLTimestamp(text) { return timestamp.value }
    let isNegative = first == UInt8(ascii: "-")
    let hasSign = isNegative || first == UInt8(ascii: "+")
    let digits = Array(text.utf8.dropFirst(hasSign ? 1 : 0))
    if isInteger(digits) {
      // Binary digits are the most; how many of each kind there may be is said below.
      guard digits.count <= 4 * limits.integerDigits else { return nil }
      return integer(digits.filter { $0 != UInt8(ascii: "_") }, isNegative: isNegative, limits: limits)
    }
    if let double = double(digits, hasSign: hasSign) { return .double(isNegative ? -double : double) }
    return .string(text)
  }

  private static let words: [String: PythonValue] = {
    var words: [String: PythonValue] = ["": .null, "~": .null, "null": .null, "Null": .null, "NULL": .null]
    for (word, value) in [
      "yes": true, "no": false, "true": true, "false": false, "on": true, "off": false,
    ] {
      for spelling in [word, word.prefix(1).uppercased() + word.dropFirst(), word.uppercased()] {
        words[spelling] = .bool(value)
      }
    }
    return words
  }()

  // MARK: - Integers

  private static func isInteger(_ digits: [UInt8]) -> Bool {
    guard let first = digits.first, isDigit(first) else { return false }
    let rest = digits.dropFirst()
    if first == UInt8(ascii: "0") {
      if rest.isEmpty { return true }
      switch rest.first {
      case UInt8(ascii: "b"): return rest.count > 1 && rest.dropFirst().allSatisfy { "01_".utf8.contains($0) }
      case UInt8(ascii: "x"):
        return rest.count > 1
          && rest.dropFirst().allSatisfy { "0123456789abcdefABCDEF_".utf8.contains($0) }
      default: return rest.allSatisfy { "01234567_".utf8.contains($0) }
      }
    }
    let parts = digits.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    return parts[0].allSatisfy(isDigitOrLine) && parts.dropFirst().allSatisfy(isSixtieth)
  }

  private static func integer(_ digits: [UInt8], isNegative: Bool, limits: ContentLimits) -> PythonValue? {
    let sign = isNegative ? "-" : ""
    if digits.contains(UInt8(ascii: ":")) {
      var total: Int64 = 0
      for part in digits.split(separator: UInt8(ascii: ":")) {
        guard let number = Int64(String(decoding: part, as: UTF8.self)), total < Int64.max / 120 else {
          return nil
        }
        total = total * 60 + number
      }
      return .integer(isNegative ? -total : total)
    }
    guard digits.count > 1, digits[0] == UInt8(ascii: "0") else {
      let text = String(decoding: digits, as: UTF8.self)
      return digits.count <= limits.integerDigits ? PythonValue(integerDigits: sign + text) : nil
    }
    let (bitsPerDigit, rest) =
      switch digits[1] {
      case UInt8(ascii: "b"): (1, digits.dropFirst(2))
      case UInt8(ascii: "x"): (4, digits.dropFirst(2))
      default: (3, digits.dropFirst())
      }
    guard !rest.isEmpty else { return nil }
    let significant = rest.drop { $0 == UInt8(ascii: "0") }
    guard significant.count * bitsPerDigit <= limits.integerBytes * 8 else { return nil }
    let text = String(decoding: significant, as: UTF8.self)
    if text.isEmpty { return .integer(0) }
    if let small = UInt64(text, radix: 1 << bitsPerDigit) { return negated(small, isNegative) }
    let bytes = bytes(significant, bitsPerDigit: bitsPerDigit)
    guard case .bigInteger(let big) = PythonValue(littleEndian: bytes + [0]) else { return nil }
    return PythonValue(integerDigits: sign + big.digits)
  }

  private static func negated(_ magnitude: UInt64, _ isNegative: Bool) -> PythonValue? {
    PythonValue(integerDigits: (isNegative ? "-" : "") + String(magnitude))
  }

  /// The bytes of a number whose digits stand for so many bits each, the lowest first.
  private static func bytes(_ digits: ArraySlice<UInt8>, bitsPerDigit: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var (bits, count) = (0, 0)
    for digit in digits.reversed() {
      bits |= (Character(Unicode.Scalar(digit)).hexDigitValue ?? 0) << count
      count += bitsPerDigit
      guard count >= 8 else { continue }
      bytes.append(UInt8(bits & 0xFF))
      (bits, count) = (bits >> 8, count - 8)
    }
    bytes.append(UInt8(bits))
    return bytes
  }

  // MARK: - Floats

  private static func double(_ digits: [UInt8], hasSign: Bool) -> Double? {
    let text = String(decoding: digits.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)
    if [".inf", ".Inf", ".INF"].contains(text) { return .infinity }
    if [".nan", ".NaN", ".NAN"].contains(text) { return hasSign ? nil : .nan }
    guard let point = digits.firstIndex(of: UInt8(ascii: ".")) else { return nil }
    let whole = digits[..<point]
    var fraction = digits[(point + 1)...]
    if whole.contains(UInt8(ascii: ":")) {
      let parts = whole.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      guard let first = parts.first?.first, isDigit(first), parts[0].allSatisfy(isDigitOrLine),
        parts.dropFirst().allSatisfy(isSixtieth), fraction.allSatisfy(isDigitOrLine)
      else { return nil }
      let seconds = text.split(separator: ":").compactMap { Double($0) }
      return seconds.count == parts.count ? seconds.reduce(0) { $0 * 60 + $1 } : nil
    }
    if let exponent = fraction.firstIndex(where: { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }) {
      let power = fraction[(exponent + 1)...]
      guard let sign = power.first, "+-".utf8.contains(sign), power.count > 1,
        power.dropFirst().allSatisfy(isDigit)
      else { return nil }
      fraction = fraction[..<exponent]
    }
    guard whole.allSatisfy(isDigitOrLine), fraction.allSatisfy(isDigitOrLine) else { return nil }
    guard let first = whole.first ?? fraction.first, isDigit(first), !(whole.isEmpty && hasSign) else {
      return nil
    }
    return Double(text.hasSuffix(".") ? text + "0" : text)
      ?? Double(text.replacing(".e", with: ".0e").replacing(".E", with: ".0E"))
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private static func isDigitOrLine(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: "_") }

  /// Whether the digits are a number below 60.
  private static func isSixtieth(_ digits: ArraySlice<UInt8>) -> Bool {
    guard let first = digits.first, digits.count <= 2, digits.allSatisfy(isDigit) else { return false }
    return digits.count == 1 || first <= UInt8(ascii: "5")
  }
}
