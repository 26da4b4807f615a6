extension RowSizeRule {
  /// What InnoDB says to the table's rows and to the records of its indexes.
  ///
  /// - Parameters:
  ///   - table: the table to make.
  ///   - bytesPerCharacter: the most bytes of one character, at least 1.
  ///   - keyOutcomes: what becomes of the indexes by name; a hash or a prefix makes shorter records.
  public func engineOutcome(
    of table: Table,
    bytesPerCharacter: Int,
    keyOutcomes: [String: KeyLengthOutcome] = [:]
  ) -> RowSizeOutcome {
    guard engine == .innoDB else { return .fits }
    if rowFormat == .compressed, pageSize > 16384 {
      let number =
        dialect.flavor == .mySQL
        ? SchemaErrorNumber.engineHasNoSuchOption : SchemaErrorNumber.cannotCreateTable
      return .compressionRefused(number: isInnoDBStrict ? number : nil)
    }
    if clusteredRecordBytes(of: table, bytesPerCharacter) >= recordLimit(fields: table.columns.count + 2) {
      return tooLarge
    }
    for index in table.indexes where index.kind != .primary {
      guard let column = table.column(named: index.column) else { continue }
      var prefix = index.prefixLength
      switch keyOutcomes[index.name] {
      case .hash, .error: continue
      case .cutToPrefix(let characters): prefix = characters
      default: break
      }
      // Its primary key and the page that it points to are part of the record.
      let record = secondaryRecordBytes(of: column, prefix: prefix, bytesPerCharacter)
      if record >= nodePointerLimit(fields: 2) {
        return tooLarge
      }
    }
    return .fits
  }

  private var tooLarge: RowSizeOutcome {
    isInnoDBStrict
      ? .error(number: SchemaErrorNumber.rowTooLarge, limit: halfPage)
      : .warning(number: SchemaErrorNumber.rowTooLargeWarning, limit: halfPage)
  }

  /// Half of what an empty page has room for, so that a page holds two records.
  var halfPage: Int {
    (pageSize - (rowFormat == .redundant ? 125 : 120) - 8 - 4) / 2
  }

  /// The most bytes of a record in a leaf page.
  func recordLimit(fields: Int) -> Int {
    guard rowFormat == .compressed else { return halfPage }
    return emptyCompressedPage(fields: fields)
  }

  /// The most bytes of a record in a page above the leaves, where the record points to another page.
  func nodePointerLimit(fields: Int) -> Int {
    guard rowFormat == .compressed else { return halfPage }
    return emptyCompressedPage(fields: fields) / 2
  }

  /// The room in an empty page of half the page size, the default KEY_BLOCK_SIZE.
  private func emptyCompressedPage(fields: Int) -> Int {
    let header = 106
    let fieldDescriptions = 2 * (fields + 1) + 13
    return pageSize / 2 - header - fieldDescriptions - 1
  }

  private func clusteredRecordBytes(of table: Table, _ bytesPerCharacter: Int) -> Int {
    let transaction = 13
    return header(fields: table.columns.count + 2, nullable: table.columns.count { $0.isNullable })
      + transaction
      + table.columns.map { storedBytes(of: $0, bytesPerCharacter) }.reduce(0, +)
  }

  private func secondaryRecordBytes(of column: Column, prefix: Int?, _ bytesPerCharacter: Int) -> Int {
    let primaryKey = 4
    let nodePointer = 4
    let bytesPerCharacter = column.bytesPerCharacter ?? bytesPerCharacter
    let bytes: Int
    if let length = column.type.characters {
      let indexed = min(length, prefix ?? length).saturatingProduct(bytesPerCharacter)
      let longest = length.saturatingProduct(bytesPerCharacter)
      bytes = min(indexed, Self.serverLimitBytes) + lengthBytes(longest)
    } else {
      bytes = column.type.serverBytes(bytesPerCharacter: bytesPerCharacter)
    }
    return header(fields: 2, nullable: column.isNullable ? 1 : 0) + primaryKey + bytes + nodePointer
  }

  private func header(fields: Int, nullable: Int) -> Int {
    switch rowFormat {
    case .redundant: 6 + 2 * fields
    case .compressed: 2 + (nullable + 7) / 8
    case .compact, .dynamic: 5 + (nullable + 7) / 8
    }
  }

  /// What a column takes in the row itself when as much of it as possible is stored outside the page.
  private func storedBytes(of column: Column, _ bytesPerCharacter: Int) -> Int {
    let longest: Int
    switch column.type {
    case .int, .unsignedInt: return 4
    case .bool: return 1
    case .datetime6: return 8
    case .varchar(let length):
      longest = length.saturatingProduct(column.bytesPerCharacter ?? bytesPerCharacter)
    case .longtext: longest = .max
    }
    let local = rowFormat.hasShortIndexColumns ? 788 : 40
    if longest >= local { return local + (rowFormat == .redundant ? 0 : 1) }
    return longest + lengthBytes(longest)
  }

  private func lengthBytes(_ longest: Int) -> Int {
    rowFormat == .redundant ? 0 : longest < 256 ? 1 : 2
  }
}
