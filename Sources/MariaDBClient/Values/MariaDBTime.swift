/// A `TIME`: a time of day or a span, from -838:59:59 to 838:59:59.
///
/// Source: the MySQL manual's "The TIME Type".
public struct MariaDBTime: Sendable, Hashable {
  /// Whether the span is negative.
  public var isNegative: Bool
  /// 0 to 838.
  public var hour: Int
  /// 0 to 59.
  public var minute: Int
  /// 0 to 59.
  public var second: Int
  /// 0 to 999,999.
  public var microsecond: Int

  /// Makes a time.
  ///
  /// Nothing is checked: the server does that.
  public init(isNegative: Bool = false, hour: Int, minute: Int, second: Int, microsecond: Int = 0) {
    self.isNegative = isNegative
    self.hour = hour
    self.minute = minute
    self.second = second
    self.microsecond = microsecond
  }
}
