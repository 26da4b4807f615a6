/// Python's spelling of floats.
enum PythonFloat {
  /// The float as Python's `repr` writes it: `1.0`, `1e+16`, `1e-05`, `nan`, `-inf`.
  static func representation(of value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    // Swift's description has the same shortest digits, Python another rule for when to use an exponent.
    let parts = String(describing: value.magnitude).split(separator: "e", maxSplits: 1)
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    let whole = String(mantissa[0])
    let fraction = mantissa.count > 1 ? String(mantissa[1]) : ""
    let leadingZeros = (whole + fraction).prefix { $0 == "0" }.count
    var digits = String((whole + fraction).dropFirst(leadingZeros))
    while digits.hasSuffix("0") { digits.removeLast() }
    if digits.isEmpty { return value.sign == .minus ? "-0.0" : "0.0" }
    // The value is 0.<digits> times ten to the power of `point`.
    let point = whole.count + exponent - leadingZeros
    return (value < 0 ? "-" : "") + text(of: digits, point: point)
  }

  private static func text(of digits: String, point: Int) -> String {
    if point > -4 && point <= 0 {
      return "0." + String(repeating: "0", count: -point) + digits
    }
    if point > 0 && point <= 16 {
      let padded = digits + String(repeating: "0", count: max(0, point + 1 - digits.count))
      return padded.prefix(point) + "." + padded.dropFirst(point)
    }
    let fraction = digits.dropFirst()
    let exponent = point - 1
    let sign = exponent < 0 ? "-" : "+"
    return
      "\(digits.prefix(1))\(fraction.isEmpty ? "" : ".")\(fraction)e\(sign)\(padded: abs(exponent), to: 2)"
  }
}
