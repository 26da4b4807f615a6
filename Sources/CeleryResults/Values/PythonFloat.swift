/// Python's spelling of floats.
enum PythonFloat {
  /// The float as Python's `repr` writes it: `1.0`, `1e+16`, `1e-05`, `nan`, `-inf`.
  static func representation(of value: Double) -> String {
    if value.isNaN { return "nan" }
    if value.isInfinite { return value < 0 ? "-inf" : "inf" }
    // Swift has the same shortest digits, and below 2 to the power of 53 an exponent in the same cases.
    if value == 0 || (value.magnitude >= 1e-4 && value.magnitude < 0x1p53) { return value.description }
    // From there on the value is an integer, which Python writes out below 1e16.
    if value.magnitude >= 0x1p53 && value.magnitude < 1e16 { return "\(Int64(value)).0" }
    return (value < 0 ? "-" : "") + withExponent(value.magnitude.description)
  }

  /// Swift's description of a float, which may have a point and an exponent, with Python's exponent.
  private static func withExponent(_ description: String) -> String {
    let parts = description.split(separator: "e", maxSplits: 1)
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let whole = String(mantissa[0])
    let written = whole + (mantissa.count > 1 ? String(mantissa[1]) : "")
    var digits = written.drop { $0 == "0" }
    let leadingZeros = written.count - digits.count
    while digits.hasSuffix("0") { digits.removeLast() }

    // The value is d.ddd times ten to the power of `exponent`, which has two digits or more.
    let exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + whole.count - leadingZeros - 1
    let size = String(abs(exponent))
    let fraction = digits.dropFirst()
    return String(digits.prefix(1)) + (fraction.isEmpty ? "" : ".") + fraction
      + (exponent < 0 ? "e-" : "e+") + (size.utf8.count < 2 ? "0" : "") + size
  }
}
