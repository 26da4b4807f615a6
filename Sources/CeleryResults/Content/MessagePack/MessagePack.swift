/// MessagePack, as Python's `msgpack` writes and reads it for kombu: text as `str`, bytes as `bin`.
///
/// A timestamp becomes a datetime in UTC; any other extension type becomes an opaque value.
///
/// Source: `register_msgpack` in `kombu.serialization`, and the MessagePack specification.
public enum MessagePack {
  static let format = "MessagePack"

  /// Reads a value.
  ///
  /// - Parameters:
  ///   - bytes: The content.
  ///   - limits: How large the value may become.
  /// - Throws: `ContentError` when the bytes are no MessagePack or exceed the limits.
  public static func decode(
    _ bytes: some Sequence<UInt8>,
    limits: ContentLimits = ContentLimits()
  ) throws(ContentError) -> PythonValue {
    var reader = MessagePackReader(Array(bytes), limits: limits)
    return try reader.readWhole()
  }

  /// Writes a value.
  ///
  /// Tuples become arrays. Keys must be text or bytes, because Python's reader refuses others.
  ///
  /// - Throws: `ContentError` with the code `unsupportedValue` for what `msgpack` cannot write: dates, decimals,
  ///   UUIDs, sets, exceptions, lone surrogates, integers beyond 64 bits.
  public static func encode(
    _ value: PythonValue,
    limits: ContentLimits = ContentLimits()
  ) throws(ContentError) -> [UInt8] {
    var writer = MessagePackWriter(limits: limits)
    try writer.write(value)
    return writer.bytes
  }
}
