public import Logging
public import MariaDBClient
public import ResultSchema

/// Says what is wrong with the tables, Django's ledger and the server, and mends what is safe to mend.
public struct Doctor: Sendable {
  let connection: MariaDBConnection.Configuration
  let options: Migrator.Options
  let logger: Logger

  /// Makes a doctor.
  ///
  /// - Parameters:
  ///   - connection: The server, the user and the database. It has a connection of its own.
  ///   - options: The length that the setting states, how many bytes may be copied, and how long to wait.
  ///   - logger: Gets each statement's finding, at the level `debug`.
  public init(
    connection: MariaDBConnection.Configuration,
    options: Migrator.Options = .init(),
    logger: Logger = Logger(label: "Doctor")
  ) {
    self.connection = connection
    var options = options
    options.place = ServerPlace(connection)
    self.options = options
    self.logger = logger
  }

  /// Looks, and changes nothing.
  ///
  /// - Throws: `MariaDBError`; `CancellationError`.
  public func diagnose() async throws -> Diagnosis {
    try await MigrationSession.with(connection) { connection in
      try await connection.run { handle in try diagnose(handle) }
    }
  }

  /// Runs the statements of the findings that are safe, and looks again.
  ///
  /// - Parameter tell: Is given a line for the user while it waits.
  /// - Returns: What was done, what failed, and what is left.
  /// - Throws: ``MigrationError`` where another migration is at work; `MariaDBError`; `CancellationError`.
  public func fix(tell: @escaping @Sendable (String) -> Void = { _ in }) async throws -> DoctorReport {
    try await MigrationSession.with(connection) { connection in
      let lockOptions = MigrationLock.Options(timeout: options.lockTimeout, tell: tell)
      return try await MigrationLock.with(connection, lockOptions) { lock in
        try await connection.run { handle in
          var treatment = try Treatment(handle, lock, self, tell)
          return try treatment.run()
        }
      }
    }
  }

  func diagnose(_ handle: ConnectionHandle) throws -> Diagnosis {
    let facts = try ServerFacts(handle)
    let found = try FoundSchema(handle)
    return Diagnosis(
      found: found,
      facts: facts,
      health: try ServerHealth(handle, facts, found),
      statedLength: options.taskIDMaxLength.statedLength
    )
  }
}
