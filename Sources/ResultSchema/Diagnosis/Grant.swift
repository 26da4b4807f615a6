/// One line of `SHOW GRANTS`.
struct Grant {
  /// Where rights hold.
  enum Place: Hashable {
    case everywhere
    /// The databases of a pattern, as LIKE has it.
    case database(String)
    case table(String, String)
  }

  let rights: Set<String>
  let place: Place
  let hasGrantOption: Bool
  let isRevoked: Bool

  /// Reads a line; nil for one that gives no rights on tables, such as that of a role.
  init?(_ line: String) {
    let verbs = ["GRANT ": false, "REVOKE ": true]
    guard let verb = verbs.first(where: { line.hasPrefix($0.key) }),
      let on = line.firstRange(of: " ON ")
    else { return nil }
    isRevoked = verb.value
    rights = Self.rights(String(line[..<on.lowerBound].dropFirst(verb.key.count)))
    var rest = line[on.upperBound...]
    guard let database = Self.name(&rest), rest.popFirst() == ".", let table = Self.name(&rest) else {
      return nil
    }
    switch (database, table) {
    case (nil, _): place = .everywhere
    case (let database?, nil): place = .database(database)
    case (let database?, let table?): place = .table(database, table)
    }
    hasGrantOption = rest.contains(" WITH GRANT OPTION")
  }

  /// The rights before ON; those on single columns, which stand in parentheses, are left out.
  private static func rights(_ text: String) -> Set<String> {
    var depth = 0
    var parts = [""]
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth -= 1 }
      if character == ",", depth == 0 { parts.append("") } else { parts[parts.count - 1].append(character) }
    }
    let names = parts.filter { !$0.contains("(") }.map { part in
      part.drop { $0 == " " }.uppercased()
    }
    return Set(names)
  }

  /// A name in backticks or `*`; the outer nil is for neither, the inner one for `*`.
  private static func name(_ text: inout Substring) -> String?? {
    guard let first = text.popFirst() else { return nil }
    if first == "*" { return .some(nil) }
    guard first == "`" else { return nil }
    var name = ""
    while let character = text.popFirst() {
      if character == "`" {
        if text.first != "`" { return .some(name) }
        text.removeFirst()
      }
      name.append(character)
    }
    return nil
  }

  /// Whether a name is one of a pattern with `%`, `_` and the backslash before them.
  static func matches(_ name: String, _ pattern: String) -> Bool {
    matches(Substring(name), Substring(pattern))
  }

  /// How many characters of a pattern stand for others.
  static func wildcards(in pattern: String) -> Int {
    var isEscaped = false
    var count = 0
    for character in pattern {
      if !isEscaped, character == "%" || character == "_" { count += 1 }
      isEscaped = !isEscaped && character == "\\"
    }
    return count
  }

  private static func matches(_ name: Substring, _ pattern: Substring) -> Bool {
    guard let first = pattern.first else { return name.isEmpty }
    let rest = pattern.dropFirst()
    switch first {
    case "%": return matches(name, rest) || (!name.isEmpty && matches(name.dropFirst(), pattern))
    case "_": return !name.isEmpty && matches(name.dropFirst(), rest)
    case "\\" where !rest.isEmpty:
      return name.first == rest.first && matches(name.dropFirst(), rest.dropFirst())
    default: return name.first == first && matches(name.dropFirst(), rest)
    }
  }
}
