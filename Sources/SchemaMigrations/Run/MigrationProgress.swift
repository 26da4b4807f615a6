public import ResultSchema

/// What a migration tells while it runs.
public enum MigrationProgress: Sendable, Hashable {
  /// A step begins; big tables take their time.
  case started(SchemaStep)
  /// A step is done, and how the server did it where it had a choice.
  case finished(SchemaStep, AlterAlgorithm?)
  /// The statement that runs is so far, where the server says it, and has taken so long.
  ///
  /// Told every few seconds.
  case running(percent: Int?, elapsed: Duration)
  /// So many rows have got their date_created.
  case copied(rows: Int)
  /// Migrations were written into Django's ledger.
  case recorded([CeleryMigration])
  /// Something is waited for: a line for the user.
  case waiting(String)
}
