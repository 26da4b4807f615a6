/// A row of a result.
public struct MariaDBRow: Sendable {
  /// What the server says of the columns; shared by all rows of a result.
  public let columns: [ColumnMetadata]
  /// The values, in the order of the columns.
  public let values: [MariaDBValue]

  /// Reads all columns, from the first on.
  ///
  /// ```swift
  /// let (id, status) = try row.decode(Int.self, String?.self)
  /// ```
  ///
  /// - Throws: ``MariaDBError`` with the code ``MariaDBError/Code/decodingFailed`` when a value has another
  ///   form, or when there are fewer columns.
  public func decode<each Column: MariaDBDecodable>(
    _ type: repeat (each Column).Type
  ) throws(MariaDBError) -> (repeat each Column) {
    var index = -1
    func next() -> Int {
      index += 1
      return index
    }
    return (repeat try decode(each type, at: next()))
  }

  /// Reads one column by its place, counted from 0.
  ///
  /// - Throws: ``MariaDBError`` with the code ``MariaDBError/Code/decodingFailed`` that names the column.
  public func decode<Column: MariaDBDecodable>(
    _ type: Column.Type = Column.self,
    at index: Int
  ) throws(MariaDBError) -> Column {
    guard values.indices.contains(index) else {
      throw MariaDBError(
        .decodingFailed,
        explanation: "column \(index) was asked for, the row has \(values.count)"
      )
    }
    do {
      return try Column(mariaDBValue: values[index])
    } catch {
      throw MariaDBError(
        .decodingFailed,
        explanation: "column \(columns[index].name): \(error.explanation ?? "it cannot be read")"
      )
    }
  }

  /// Reads one column by its name.
  ///
  /// - Throws: ``MariaDBError`` with the code ``MariaDBError/Code/decodingFailed`` that names the column.
  public func decode<Column: MariaDBDecodable>(
    _ type: Column.Type = Column.self,
    named name: String
  ) throws(MariaDBError) -> Column {
    guard let index = columns.firstIndex(where: { $0.name == name }) else {
      throw MariaDBError(.decodingFailed, explanation: "the row has no column \(name)")
    }
    return try decode(type, at: index)
  }
}
