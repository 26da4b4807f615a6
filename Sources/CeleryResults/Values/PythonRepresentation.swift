#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Python's `repr` of values, which is how Celery stores the arguments of a task.
public enum PythonRepresentation {
  /// The value as Python's `repr` writes it: `None`, `'text'`, `[1, 2.0]`, `{'y': 3}`.
  public static func text(_ value: PythonValue) -> String {
    switch value {
    case .null: "None"
    case .bool(let value): value ? "True" : "False"
    case .integer(let value): String(value)
    case .bigInteger(let value): value.digits
    case .double(let value): PythonFloat.representation(of: value)
    case .string(let value): text(value)
    case .array(let elements): "[\(list(elements))]"
    case .object(let members):
      "{" + members.map { "\(text($0.key)): \(text($0.value))" }.joined(separator: ", ") + "}"
    case .datetime(let value): "datetime.datetime(\(list(value.date)), \(list(value.time)))"
    case .date(let value): "datetime.date(\(list(value)))"
    case .time(let value): "datetime.time(\(list(value)))"
    case .decimal(let value): "Decimal('\(value.text)')"
    case .uuid(let value): "UUID('\(value.uuidString.lowercased())')"
    case .bytes(let value): text(bytes: value)
    case .tuple(let elements): tuple(elements)
    case .set(let value): text(value)
    case .dictionary(let members):
      "{" + members.map { "\(text($0.key)): \(text($0.value))" }.joined(separator: ", ") + "}"
    case .timedelta(let value): "datetime.timedelta(\(value))"
    case .exception(let value): "\(value.type)(\(list(value.arguments)))"
    case .opaque(let value): "<\(value)>"
    }
  }

  /// The values as `repr` writes a tuple of them: `()`, `(2,)`, `(1, 2)`.
  public static func tuple(_ elements: [PythonValue]) -> String {
    elements.count == 1 ? "(\(list(elements)),)" : "(\(list(elements)))"
  }

  private static func text(_ set: PythonSet) -> String {
    let name = set.isFrozen ? "frozenset" : "set"
    if set.elements.isEmpty { return "\(name)()" }
    let body = "{\(list(set.elements))}"
    return set.isFrozen ? "\(name)(\(body))" : body
  }

  private static func list(_ elements: [PythonValue]) -> String {
    elements.map(text).joined(separator: ", ")
  }

  private static func list(_ date: PythonDate) -> String {
    "\(date.year), \(date.month), \(date.day)"
  }

  private static func list(_ time: PythonTime) -> String {
    var parts = ["\(time.hour)", "\(time.minute)"]
    if time.second != 0 || time.microsecond != 0 { parts.append("\(time.second)") }
    if time.microsecond != 0 { parts.append("\(time.microsecond)") }
    if let offset = time.offsetMicroseconds { parts.append("tzinfo=\(zone(offset))") }
    return parts.joined(separator: ", ")
  }

  private static func zone(_ offset: Int64) -> String {
    if offset == 0 { return "datetime.timezone.utc" }
    let day: Int64 = 86_400_000_000
    let rest = (offset + day) % day
    var parts = offset < 0 ? ["days=-1"] : []
    if rest / 1_000_000 != 0 { parts.append("seconds=\(rest / 1_000_000)") }
    if rest % 1_000_000 != 0 { parts.append("microseconds=\(rest % 1_000_000)") }
    return "datetime.timezone(datetime.timedelta(\(parts.joined(separator: ", "))))"
  }
}
