/// JSON as Python's `json` module and kombu write and read it.
///
/// Text is written byte for byte as `kombu.utils.json.dumps` does: ASCII only, `", "` and `": "` as
/// separators, floats as Python's `repr`, kombu's types as `{"__type__": …, "__value__": …}`. All that
/// `json.loads` takes is read: NaN and infinities, integers of any size, lone surrogates.
public enum PythonJSON {
  /// How deeply arrays and objects may be nested, unless told otherwise.
  ///
  /// Python itself stops just below 1,000.
  public static let defaultNestingLimit = 1000

  /// Reads a value from UTF-8 bytes.
  ///
  /// - Parameters:
  ///   - bytes: The text.
  ///   - nestingLimit: How deeply arrays and objects may be nested.
  /// - Throws: `PythonJSONError` when the text is no JSON, or names a type that kombu does not have.
  public static func decode(
    _ bytes: some Collection<UInt8>,
    nestingLimit: Int = defaultNestingLimit
  ) throws(PythonJSONError) -> PythonValue {
    let result = bytes.withContiguousStorageIfAvailable { buffer in
      PythonJSONParser.parse(buffer, nestingLimit: nestingLimit)
    }
    if let result { return try result.get() }
    return try Array(bytes).withUnsafeBufferPointer { buffer in
      PythonJSONParser.parse(buffer, nestingLimit: nestingLimit)
    }.get()
  }

  /// Reads a value from text.
  ///
  /// - Throws: `PythonJSONError`, as for bytes.
  public static func decode(
    _ text: String,
    nestingLimit: Int = defaultNestingLimit
  ) throws(PythonJSONError) -> PythonValue {
    var text = text
    return try text.withUTF8 { PythonJSONParser.parse($0, nestingLimit: nestingLimit) }.get()
  }

  /// Writes a value as Python does, in ASCII.
  ///
  /// - Throws: `PythonJSONError` when the value is nested more deeply than `nestingLimit`.
  public static func encode(
    _ value: PythonValue,
    nestingLimit: Int = defaultNestingLimit
  ) throws(PythonJSONError) -> String {
    try PythonJSONWriter.text(of: value, style: .python, nestingLimit: nestingLimit)
  }

  /// Writes a value for people: indented by two spaces, with emoji and other letters as they are.
  ///
  /// The text is still JSON. Control characters, direction marks and lone surrogates stay escaped.
  ///
  /// - Throws: `PythonJSONError` when the value is nested more deeply than `nestingLimit`.
  public static func encodeReadably(
    _ value: PythonValue,
    nestingLimit: Int = defaultNestingLimit
  ) throws(PythonJSONError) -> String {
    try PythonJSONWriter.text(of: value, style: .readable, nestingLimit: nestingLimit)
  }
}
