/// One statement that mends something.
package struct Repair: Sendable, Hashable {
  /// The SQL, without a final semicolon.
  package let statement: String
  /// The step that the statement is, where it can be done online.
  package let step: SchemaStep?

  /// A statement that is run as it stands.
  init(_ statement: String) {
    self.statement = statement
    step = nil
  }

  /// Changes a table.
  init(_ table: String, _ changes: [TableChange]) {
    statement = SchemaGenerator().alterTable(table, changes)
    step = SchemaStep(of: nil, .alterTable(table, changes))
  }
}
