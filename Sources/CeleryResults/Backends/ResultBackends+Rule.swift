extension ResultBackends {
  /// Binds tasks to a backend by their name.
  public struct Rule: Hashable, Sendable {
    /// The name of a task, or a pattern for names.
    public let taskName: String
    /// The name of the backend.
    public let backendName: String

    /// Binds the tasks of a name to a backend.
    ///
    /// - Parameters:
    ///   - taskName: The name of a task, as `proj.reports.monthly`, or, where it holds a `*`, a pattern as in
    ///     Celery's `task_routes`: `*` is any text, `?` one character, `[ab]` one of some, `[!ab]` one of all
    ///     others.
    ///   - backendName: The name that the backend has among the alternatives.
    public static func tasks(_ taskName: String, in backendName: String) -> Rule {
      Rule(taskName: taskName, backendName: backendName)
    }

    /// Whether the rule names a task of this name.
    func matches(_ name: String) -> Bool {
      guard taskName.unicodeScalars.contains("*") else { return taskName == name }
      return TaskNamePattern(taskName).matches(name)
    }
  }
}

/// A pattern for names of tasks, as Python's `fnmatch` has them.
struct TaskNamePattern {
  private enum Part {
    case anyText
    case anyCharacter
    case character(Unicode.Scalar)
    case oneOf([ClosedRange<Unicode.Scalar>], negated: Bool)

    func matches(_ character: Unicode.Scalar) -> Bool {
      switch self {
      case .anyText: false
      case .anyCharacter: true
      case .character(let own): own == character
      case .oneOf(let ranges, let negated): ranges.contains { $0.contains(character) } != negated
      }
    }

    var isAnyText: Bool {
      if case .anyText = self { true } else { false }
    }
  }

  private let parts: [Part]

  init(_ pattern: String) {
    var parts: [Part] = []
    var rest = Array(pattern.unicodeScalars)[...]
    while let character = rest.popFirst() {
      switch character {
      case "*": parts.append(.anyText)
      case "?": parts.append(.anyCharacter)
      case "[": parts.append(Self.set(&rest) ?? .character("["))
      default: parts.append(.character(character))
      }
    }
    self.parts = parts
  }

  /// Reads a set up to its `]`; nil, and nothing is read, when there is none.
  private static func set(_ rest: inout ArraySlice<Unicode.Scalar>) -> Part? {
    var members = rest
    let negated = members.first == "!"
    if negated { members.removeFirst() }
    // A bracket at the beginning is a member.
    guard let end = members.dropFirst().firstIndex(of: "]") else { return nil }
    rest = members[(end + 1)...]
    members = members[..<end]
    var ranges: [ClosedRange<Unicode.Scalar>] = []
    while let first = members.popFirst() {
      if members.count >= 2, members.first == "-", let last = members.dropFirst().first {
        members.removeFirst(2)
        if first <= last { ranges.append(first...last) }
      } else {
        ranges.append(first...first)
      }
    }
    return .oneOf(ranges, negated: negated)
  }

  func matches(_ name: String) -> Bool {
    let name = Array(name.unicodeScalars)
    var (part, character) = (0, 0)
    // Where to go on when a later part does not match: behind the last `*`, one character further.
    var retry: (part: Int, character: Int)?
    while character < name.count {
      if part < parts.count, parts[part].isAnyText {
        part += 1
        retry = (part, character)
      } else if part < parts.count, parts[part].matches(name[character]) {
        (part, character) = (part + 1, character + 1)
      } else if let last = retry {
        (part, character) = (last.part, last.character + 1)
        retry = (last.part, last.character + 1)
      } else {
        return false
      }
    }
    return parts[part...].allSatisfy(\.isAnyText)
  }
}
