/// Makes Python values of Swift values, as Celery would store them.
///
/// Foundation's `Date` becomes a datetime in UTC, `Decimal` a decimal, `UUID` a uuid, `Data` bytes, `URL` a
/// string; a `PythonValue` stays as it is.
public struct PythonValueEncoder: Sendable {
  /// Makes an encoder.
  public init() {}

  /// Makes a Python value of `value`.
  ///
  /// - Throws: `EncodingError`, or what the value's own `encode(to:)` throws.
  public func encode(_ value: some Encodable) throws -> PythonValue {
    try PythonEncoding.encode(value, at: .top)
  }
}
