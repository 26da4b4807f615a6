/// A statement as it is sent: SQL text with `?` where its parameters go, and the parameters.
///
/// A statement is a value, made by pure code and run by a connection. Interpolation binds:
///
/// ```swift
/// let statement: SQLStatement = "SELECT status FROM \(identifier: table) WHERE task_id = \(id)"
/// ```
///
/// `\(x)` is a parameter and never becomes part of the text.
public struct SQLStatement: Sendable, Hashable {
  /// The text, with a `?` for every parameter.
  public var sql: String
  /// The parameters, in the order of their places.
  public var parameters: [MariaDBValue]

  /// Makes a statement from text that has its `?` already.
  ///
  /// - Parameters:
  ///   - sql: The text. Nothing is escaped: never put data into it.
  ///   - parameters: One value for every `?`.
  public init(sql: String, parameters: [MariaDBValue] = []) {
    self.sql = sql
    self.parameters = parameters
  }
}

extension SQLStatement: ExpressibleByStringInterpolation {
  /// Makes a statement without parameters.
  public init(stringLiteral value: String) {
    self.init(sql: value)
  }

  /// Takes the text and the parameters that were interpolated.
  public init(stringInterpolation interpolation: StringInterpolation) {
    self.init(sql: interpolation.sql, parameters: interpolation.parameters)
  }

  /// Collects the text and the parameters of an interpolated statement.
  public struct StringInterpolation: StringInterpolationProtocol, Sendable {
    var sql = ""
    var parameters: [MariaDBValue] = []

    /// Prepares for the parts of a statement.
    public init(literalCapacity: Int, interpolationCount: Int) {
      sql.reserveCapacity(literalCapacity + interpolationCount)
      parameters.reserveCapacity(interpolationCount)
    }

    /// Adds text as it is.
    public mutating func appendLiteral(_ literal: String) {
      sql += literal
    }

    /// Binds a value as a parameter.
    public mutating func appendInterpolation(_ value: some MariaDBEncodable) {
      sql += "?"
      parameters.append(value.mariaDBValue)
    }

    /// Binds a list of values, as `IN (\(list: ids))` needs it.
    ///
    /// An empty list becomes `NULL`, which `IN` never matches.
    public mutating func appendInterpolation(list values: some Collection<some MariaDBEncodable>) {
      sql += values.isEmpty ? "NULL" : Array(repeating: "?", count: values.count).joined(separator: ", ")
      parameters.append(contentsOf: values.map(\.mariaDBValue))
    }

    /// Puts in a quoted identifier: a table's or a column's name.
    ///
    /// Source: the MySQL manual's "Schema Object Names".
    public mutating func appendInterpolation(identifier name: String) {
      sql += SQLStatement.quoted(identifier: name)
    }

    /// Puts in text as it is.
    ///
    /// Never use it with data.
    public mutating func appendInterpolation(unescaped text: String) {
      sql += text
    }
  }

  /// How many bytes the packet takes that executes the statement once it is prepared, at most: what the server
  /// holds against its `max_allowed_packet`.
  package var executionByteCount: Int {
    // The header, and for each parameter a bit that it is not NULL and two bytes for its type.
    parameters.reduce(11 + (parameters.count + 7) / 8) { $0 + 2 + $1.byteCount }
  }

  /// The identifier in backticks, with the backticks in it doubled.
  public static func quoted(identifier name: String) -> String {
    // By code points: a backtick and an accent are one character to Swift, and still end an identifier.
    "`" + name.unicodeScalars.map { $0 == "`" ? "``" : String($0) }.joined() + "`"
  }
}
