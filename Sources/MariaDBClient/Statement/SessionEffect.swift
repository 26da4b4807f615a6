/// Whether a statement leaves something behind in the session that the next borrower of the connection must
/// not find: a variable, a temporary table, a lock, another database.
///
/// It is told from the statement's first word, so that an ordinary query costs no reset. What is not known to
/// be harmless counts as a change. A stored function that sets a user variable is not seen.
enum SessionEffect: Sendable, Equatable {
  case none
  case changesSession

  init(sql: String) {
    let words = sql.prefix { $0 != "(" }.split(maxSplits: 1) { $0.isWhitespace || $0 == ";" }
    switch words.first?.lowercased() ?? "" {
    case "select", "insert", "update", "delete", "replace", "with", "values", "show", "explain", "describe",
      "commit", "rollback", "begin", "alter", "truncate", "analyze", "optimize", "check", "kill", "do":
      // User variables (but not @@ system variables) and user-level locks outlive the statement.
      self = Self.mentionsSessionState(sql) ? .changesSession : .none
    case "create", "drop":
      self = sql.lowercased().contains("temporary") ? .changesSession : .none
    case "":  // "(SELECT …) UNION …"
      self = .changesSession
    default:
      self = .changesSession
    }
  }

  private static func mentionsSessionState(_ sql: String) -> Bool {
    let text = sql.lowercased()
    if text.contains("get_lock") { return true }
    var previous: Character = " "
    var iterator = text.makeIterator()
    while let character = iterator.next() {
      if character == "@", previous != "@", let next = iterator.next() {
        if next != "@" { return true }
        previous = next
      } else {
        previous = character
      }
    }
    return false
  }
}
