/// What a binary log tells, as far as a reader of rows needs it.
package enum BinaryLogEvent: Sendable, Hashable {
  /// Rows of the selected table were written.
  case rows(BinaryLogRows)
  /// Rows of the selected table were written that cannot be read, or not the wanted columns of them.
  case unreadableRows
  /// The selected table has another number of columns than was said.
  case tableChanged(columnCount: Int)
  /// A statement: DDL, or DML that a session logs as a statement.
  case statement(BinaryLogStatement)
  /// A transaction is complete in the log.
  ///
  /// The server makes it visible to others at about the same time, a moment later as a rule.
  case transactionEnd
  /// Nothing happened for as long as the heartbeat's period.
  case heartbeat
  /// Anything else.
  case other
}

/// A statement in a binary log.
package struct BinaryLogStatement: Sendable, Hashable {
  /// The session's default database; empty where it had none.
  package let database: String
  /// The text.
  package let sql: String
}

/// Rows of the selected table that one statement wrote.
package struct BinaryLogRows: Sendable, Hashable {
  /// What was done with them.
  package enum Kind: Sendable, Hashable {
    /// They are new.
    case write
    /// They were changed.
    case update
    /// They were deleted.
    case delete
  }

  /// The name of the database.
  package let database: String
  /// The name of the table.
  package let table: String
  /// What was done.
  package let kind: Kind
  /// The values of the wanted columns of each row, as they are afterwards; of a deleted row, as they were.
  ///
  /// Text that is valid UTF-8 is a string, in whatever character set the column is: the log does not say. Nil is a
  /// value that the log does not have, where `binary_row_image` is not `FULL`.
  package let rows: [[MariaDBValue?]]
}
