#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults

extension TaskResult {
  /// All that is known about the task, readably: JSON indented, emoji and CJK as they are, the traceback whole.
  func readableText() throws -> String {
    var fields: [(String, String)] = [
      ("task id", Terminal.harmless(id.rawValue)), ("state", Terminal.harmless(state.rawValue)),
    ]
    func add(_ name: String, _ text: String?) {
      if let text { fields.append((name, text)) }
    }
    add("name", name.map { Terminal.harmless($0) })
    add("args", try args.map(Self.readable))
    add("kwargs", try kwargs.map(Self.readable))
    add("worker", worker.map { Terminal.harmless($0) })
    add("periodic task", periodicTaskName.map { Terminal.harmless($0) })
    add("created", dateCreated.map(Self.text))
    add("started", dateStarted.map(Self.text))
    add("done", dateDone.map(Self.text))
    if let exception = try? exception {
      let arguments = try exception.arguments.map(Self.readable).joined(separator: ", ")
      add("exception", "\(Terminal.harmless("\(exception)"))(\(arguments))")
    } else {
      add("result", try PythonJSON.encodeReadably(result.forJSON))
    }
    if let children = try children, !children.isEmpty {
      add("children", children.map { Terminal.harmless($0.id.rawValue) }.joined(separator: "\n"))
    }
    add("traceback", traceback.map { Terminal.harmless($0, keepingLines: true) })
    return fields.map(Self.line).joined(separator: "\n")
  }

  /// A field's name and its text, the further lines of which stand below the first.
  private static func line(_ name: String, _ text: String) -> String {
    let indentation = String(repeating: " ", count: 15)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return name.padding(toLength: 15) + lines.joined(separator: "\n" + indentation)
  }

  /// Text stands as it is: Celery keeps the arguments as what Python prints for them.
  private static func readable(_ value: PythonValue) throws -> String {
    if let text = value.text { return Terminal.harmless(text, keepingLines: true) }
    return try PythonJSON.encodeReadably(value.forJSON)
  }

  /// The moment in UTC, to the microsecond.
  static func text(_ date: Date) -> String {
    guard let moment = PythonDateTime(date) else { return "\(date)" }
    return moment.isoFormat.map { $0 == "T" ? " " : String($0) }.joined()
  }
}

extension String {
  fileprivate func padding(toLength length: Int) -> String {
    self + String(repeating: " ", count: max(1, length - count))
  }
}
