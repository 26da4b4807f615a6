/// How far a transaction is isolated from others that run beside it.
///
/// Source: the MySQL manual's "Transaction Isolation Levels".
public enum IsolationLevel: String, Sendable, Hashable, CaseIterable {
  /// `READ UNCOMMITTED`
  case readUncommitted = "READ UNCOMMITTED"
  /// `READ COMMITTED`
  case readCommitted = "READ COMMITTED"
  /// `REPEATABLE READ`, InnoDB's own default
  case repeatableRead = "REPEATABLE READ"
  /// `SERIALIZABLE`
  case serializable = "SERIALIZABLE"
}
