/// YAML 1.1, as PyYAML's `safe_load` reads it and so that this reads what is written.
///
/// What plain text stands for is PyYAML's: `yes` and `on` are true, `0o17` is text and `017` is 15, `1_000` is
/// a number, `12:30:45` is one to the base of 60, `2024-01-02` is a date. Tags of Python's own are refused, as by
/// `safe_load`.
///
/// Source: `resolver.py`, `constructor.py` and `scanner.py` of PyYAML.
public enum YAML {
  static let format = "YAML"
  /// PyYAML itself stops below that.
  static let nestingLimit = 400

  /// Reads a value.
  ///
  /// - Parameters:
  ///   - bytes: The text in UTF-8: one document.
  ///   - limits: How large the value may become; nesting stops at 400 in any case.
  /// - Throws: `ContentError` when the text is no YAML that `safe_load` reads, or exceeds the limits.
  public static func decode(
    _ bytes: some Sequence<UInt8>,
    limits: ContentLimits = ContentLimits()
  ) throws(ContentError) -> PythonValue {
    var limits = limits
    limits.nesting = min(limits.nesting, nestingLimit)
    var reader = YAMLReader(Array(bytes), limits: limits)
    let root = try reader.readDocument()
    var unfolding = ContentUnfolding(
      reader.graph,
      format: format,
      byteCount: reader.bytes.count,
      limits: limits
    )
    return try unfolding.value(of: root)
  }

  /// Writes a value in one line, as JSON with YAML's own forms for what JSON has none for.
  ///
  /// Tuples become lists, as in `safe_dump`.
  ///
  /// - Throws: `ContentError` with the code `unsupportedValue` for what `safe_dump` cannot write: times, timedeltas,
  ///   decimals, UUIDs, frozensets, exceptions, and keys that are lists.
  public static func encode(_ value: PythonValue) throws(ContentError) -> String {
    var writer = YAMLWriter()
    try writer.write(value)
    return writer.text + "\n"
  }
}
