public import CeleryResults
import MariaDBClient
import ResultSchema

extension DatabaseBackend {
  /// Writes a group over what is saved under its id, `date_created` aside.
  ///
  /// When this returns, the group is committed.
  ///
  /// - Throws: `ResultError` with the code `valueTooLong` or `resultTooLarge` before anything is sent;
  ///   `MariaDBError`, with the code `unknownTable` where the tables are older than release 2.1;
  ///   `CancellationError`.
  public func saveGroup(_ group: EncodedGroupResult) async throws {
    try await withCatalog { handle, catalog in
      try catalog.groups().check(group)
      let statement = GroupResultStatements(dialect: catalog.dialect).save(group)
      let size = statement.executionByteCount
      guard size <= catalog.maxAllowedPacket else {
        throw ResultError.resultTooLarge(size: size, limit: catalog.maxAllowedPacket)
      }
      try handle.query(statement)
    }
  }

  /// Reads what is saved about a group; nil when nothing is.
  ///
  /// - Throws: `MariaDBError`, with the code `unknownTable` where the tables are older than release 2.1;
  ///   `CancellationError`.
  public func groupMeta(for id: TaskID) async throws -> EncodedGroupResult? {
    try await withCatalog { handle, catalog in
      _ = try catalog.groups()
      let statement = GroupResultStatements(dialect: catalog.dialect).select(id)
      guard let row = try handle.query(statement).rows.first else { return nil }
      var group = EncodedGroupResult(id: id)
      group.contentType = ContentType(rawValue: try row.decode(named: "content_type"))
      group.contentEncoding = ContentEncoding(rawValue: try row.decode(named: "content_encoding"))
      group.result = try row.decode(named: "result")
      group.dateDone = try row.decode(named: "date_done")
      group.dateCreated = try row.decode(named: "date_created")
      return group
    }
  }

  /// Deletes a saved group, but not the results of its tasks.
  ///
  /// - Throws: `ResultError` with the code `unknownGroup` when none of that id is saved; `MariaDBError`, with the
  ///   code `unknownTable` where the tables are older than release 2.1; `CancellationError`.
  public func deleteGroup(_ id: TaskID) async throws {
    // Done a second time, it would say that there was none.
    let deleted = try await withCatalog(retrying: .nothingDone) { handle, catalog in
      _ = try catalog.groups()
      return try handle.query(GroupResultStatements(dialect: catalog.dialect).delete(id)).affectedRows
    }
    guard deleted > 0 else { throw ResultError.unknownGroup(id) }
  }
}

extension Catalog {
  /// The columns of the table of groups.
  ///
  /// - Throws: `MariaDBError` with the code `unknownTable` when there is none.
  fileprivate func groups() throws(MariaDBError) -> TableColumns {
    guard let groupResults else {
      throw MariaDBError(
        .unknownTable,
        explanation: "the database has no table \(CeleryTables.groupResultName), as releases of "
          + "django-celery-results before 2.1 had none: run celery-results migrate"
      )
    }
    return groupResults
  }
}
