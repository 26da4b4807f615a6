import ResultSchema

/// The command of percona-toolkit that changes a table while others store into it.
///
/// Source: percona-toolkit's "pt-online-schema-change". Without `--recursion-method none` version 3.2 asks
/// servers for SHOW SLAVE HOSTS, which MySQL 8.4 took away.
struct OnlineSchemaChange {
  let place: ServerPlace
  let table: String
  let step: SchemaStep

  init(_ place: ServerPlace, table: String, _ step: SchemaStep) {
    self.place = place
    self.table = table
    self.step = step
  }

  /// The command, ready to be typed into a shell; it asks for the password.
  var command: String {
    let statement = CelerySchema.alterText(of: step)
    var words = ["pt-online-schema-change --no-version-check --recursion-method none --ask-pass --execute"]
    words.append("--alter \(Shell.quoted(statement))")
    words.append(Shell.quoted("\(place.dataSourceName),A=utf8mb4,t=\(table)"))
    return words.joined(separator: " ")
  }
}
