extension TableReport {
  /// How the table's CREATE TABLE statement ends: with the error that the server comes to first, or well.
  ///
  /// The server's own layer looks at the columns' lengths, then at the indexes, then at the row, and the
  /// engine at last. A table that is made may still have indexes that are cut or made a hash; see ``indexes``.
  public var forecast: TableForecast {
    if serverRow.errorNumber != SchemaErrorNumber.rowTooLarge, let error = forecast(of: serverRow) {
      return error
    }
    for index in indexes where !isFoundLate(index) {
      if case .error(let number, let limit) = index.outcome {
        return TableForecast(errorNumber: number, limit: limit)
      }
    }
    return forecast(of: serverRow) ?? engineForecast
  }

  /// Whether the server has looked at the row before it comes to what is wrong with the index.
  ///
  /// So it is with InnoDB's own error, and with MariaDB's of an engine that cannot keep a hash.
  private func isFoundLate(_ index: IndexReport) -> Bool {
    index.outcome.errorNumber == SchemaErrorNumber.indexColumnTooLong || (!checksRowFirst && index.isUnique)
  }

  private var engineForecast: TableForecast {
    let tooLongColumn = indexes.lazy.compactMap { index -> TableForecast? in
      guard case .error(let number, let limit) = index.outcome else { return nil }
      return TableForecast(errorNumber: number, limit: limit)
    }.first
    let row = forecast(of: engineRow)
    // MySQL looks at the row before it makes the indexes, MariaDB after it has made them all.
    return (checksRowFirst ? row ?? tooLongColumn : tooLongColumn ?? row) ?? TableForecast()
  }

  private func forecast(of row: RowSizeOutcome) -> TableForecast? {
    guard let number = row.errorNumber else { return nil }
    guard case .error(_, let limit) = row else { return TableForecast(errorNumber: number) }
    return TableForecast(errorNumber: number, limit: limit)
  }
}
