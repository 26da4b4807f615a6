/// How a CREATE TABLE statement ends.
public struct TableForecast: Sendable, Hashable {
  /// The number of the error, nil when the table is made.
  public var errorNumber: Int?
  /// The limit that the error's message names, nil when it names none.
  public var limit: Int?

  /// Makes a forecast; without an error number the table is made.
  public init(errorNumber: Int? = nil, limit: Int? = nil) {
    self.errorNumber = errorNumber
    self.limit = limit
  }
}
