/// What a server does when it is told to make a table whose rows may be large.
public enum RowSizeOutcome: Sendable, Hashable {
  /// Every row that the columns allow can be stored.
  case fits
  /// The statement fails with this error number; the limit is in bytes, or in characters for error 1074.
  case error(number: Int, limit: Int?)
  /// The table is made with this warning, and a row of more than the limit in bytes fails when it is stored.
  case warning(number: Int, limit: Int)
  /// Pages of more than 16 KB cannot be compressed: the statement fails with this error number, or, without
  /// innodb_strict_mode, the number is nil and the rows are DYNAMIC instead.
  case compressionRefused(number: Int?)
  /// Without strict mode a varchar of more than this many characters silently becomes a text of another type.
  case columnBecomesText(longest: Int)
}

extension RowSizeOutcome {
  /// The number of the error that the statement fails with; nil when it does not fail.
  public var errorNumber: Int? {
    switch self {
    case .error(let number, _): number
    case .compressionRefused(let number): number
    case .fits, .warning, .columnBecomesText: nil
    }
  }
}
