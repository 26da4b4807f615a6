/// How large a value may become that is read from pickle, MessagePack or YAML.
///
/// A few bytes of these can stand for very much: one list that is named a hundred times in a list that is named a
/// hundred times. Values count as often as they occur.
public struct ContentLimits: Hashable, Sendable {
  /// How deeply values may be nested; Python itself stops at about 1,000.
  public var nesting: Int
  /// How many values there may be.
  public var values: Int
  /// How many bytes of text and binary data there may be, if there are more than the content itself has.
  public var dataBytes: Int
  /// How many decimal digits an integer may have; Python's own limit for reading one from text is 4,300.
  public var integerDigits: Int

  /// Makes limits.
  public init(
    nesting: Int = 1000,
    values: Int = 4_000_000,
    dataBytes: Int = 256 << 20,
    integerDigits: Int = 4300
  ) {
    self.nesting = nesting
    self.values = values
    self.dataBytes = dataBytes
    self.integerDigits = integerDigits
  }

  /// The most bytes that an integer of so many digits can have in two's complement.
  var integerBytes: Int { integerDigits * 3322 / 8000 + 2 }
}
