/// Python's pickle, read without executing anything and written for plain values.
///
/// All protocols, 0 to 5, are read. A pickle is a program that can import and call whatever it names; this reader
/// knows by name the classes of Python's own values and of exceptions, and makes of every other class an opaque
/// value with its name. Protocol 4 is written, as kombu does.
///
/// Source: `Lib/pickle.py` and `Lib/pickletools.py` of CPython.
public enum Pickle {
  static let format = "pickle"

  /// Reads a value.
  ///
  /// - Parameters:
  ///   - bytes: The pickle; what follows its end is not read, as in Python.
  ///   - limits: How large the value may become.
  /// - Throws: `ContentError` when the bytes are no pickle, exceed the limits, or ask for an object that is kept
  ///   outside of the pickle (a persistent id, an extension code, a buffer).
  public static func decode(
    _ bytes: some Sequence<UInt8>,
    limits: ContentLimits = ContentLimits()
  ) throws(ContentError) -> PythonValue {
    var machine = PickleMachine(Array(bytes), limits: limits)
    let root = try machine.run()
    var unfolding = ContentUnfolding(
      machine.graph,
      format: format,
      byteCount: machine.bytes.count,
      limits: limits
    )
    return try unfolding.value(of: root)
  }

  /// Writes a value, so that `pickle.loads` of any Python 3 reads it.
  ///
  /// Python's own exceptions and Celery's are written as such; any other is written as Celery's
  /// `UnpickleableExceptionWrapper`, because to name a class that Python cannot import would make the whole pickle
  /// unreadable.
  ///
  /// - Throws: `ContentError` with the code `unsupportedValue` for an opaque value, `nestingTooDeep` or `tooLarge`.
  public static func encode(
    _ value: PythonValue,
    limits: ContentLimits = ContentLimits()
  ) throws(ContentError) -> [UInt8] {
    var writer = PickleWriter(limits: limits)
    try writer.writeWhole(value)
    return writer.bytes
  }
}
