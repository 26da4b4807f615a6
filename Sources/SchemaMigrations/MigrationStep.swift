/// A step of a migration that is done.
public enum MigrationStep: Sendable, Hashable {
  /// A table of this name was made, with its indexes.
  case madeTable(String)
  /// So many rows were added to Django's ledger.
  case wroteLedger(Int)
}
