import MariaDBClient
public import ResultSchema

extension Migrator {
  /// Says what the server would do with the tables as the options ask for them, and does nothing.
  ///
  /// Tables that are there are taken as they are: with their lengths, engines, row formats and character sets.
  ///
  /// - Returns: The tables on this server, and how far those are that are there.
  ///   ``ResultSchema/CelerySchema/fits`` is the verdict, and ``ResultSchema/CelerySchema/report`` the reasons.
  /// - Throws: `MariaDBError`; `CancellationError`.
  public func check() async throws -> (schema: CelerySchema, level: SchemaLevel) {
    try await MigrationSession.with(connection) { connection in
      try await connection.run { handle in
        try checkEngine(handle)
        let found = try FoundSchema(handle)
        let schema = options.schema(try ServerFacts(handle), found)
        // Where no plan can be made, it is still known whether the tables that are there fit.
        let planned = (try? MigrationPlan(found: found, schema: schema))?.schemaAfterwards
        return (planned ?? schema, found.level)
      }
    }
  }
}
