extension PythonValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral,
  ExpressibleByDictionaryLiteral
{
  /// Makes `None`.
  public init(nilLiteral: ()) {
    self = .null
  }

  /// Makes a `bool`.
  public init(booleanLiteral value: Bool) {
    self = .bool(value)
  }

  /// Makes an `int`.
  public init(integerLiteral value: Int64) {
    self = .integer(value)
  }

  /// Makes a `float`.
  public init(floatLiteral value: Double) {
    self = .double(value)
  }

  /// Makes a `str`.
  public init(stringLiteral value: String) {
    self = .string(PythonString(value))
  }

  /// Makes a `list`.
  public init(arrayLiteral elements: PythonValue...) {
    self = .array(elements)
  }

  /// Makes a `dict`.
  ///
  /// Where a key occurs twice the last value counts, as in Python.
  public init(dictionaryLiteral elements: (PythonString, PythonValue)...) {
    self = .object(PythonObject(elements))
  }
}
