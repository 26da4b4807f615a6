/// What a server does when it is told to make an index on one column.
public enum KeyLengthOutcome: Sendable, Hashable {
  /// The index covers the whole column.
  case fits
  /// The statement fails with this error number, naming this limit in bytes if it names one.
  case error(number: Int, limitBytes: Int?)
  /// The index silently covers only this many leading characters, with warning or note 1071.
  case cutToPrefix(characters: Int)
  /// A UNIQUE index is silently kept as a hash: unique still, but of no use for finding rows in order.
  case hash
}

extension KeyLengthOutcome {
  /// The number of the error that the statement fails with; nil when it does not fail.
  public var errorNumber: Int? {
    if case .error(let number, _) = self { number } else { nil }
  }
}
