import CeleryResults

extension PythonValue {
  /// The value in such a form that JSON holds it: what JSON has no form for is marked as kombu marks its own types.
  ///
  /// A set is `{"__type__": "set", "__value__": […]}`, a dict with other keys than text a list of pairs, an exception
  /// as Celery stores it in JSON, an object of any other class its name and what it would be made with.
  var forJSON: PythonValue {
    switch self {
    case .array(let elements): .array(elements.map(\.forJSON))
    case .tuple(let elements): .array(elements.map(\.forJSON))
    case .object(let members): .object(PythonObject(members.map { ($0.key, $0.value.forJSON) }))
    case .set(let set): Self.marked(set.isFrozen ? "frozenset" : "set", .array(set.elements.map(\.forJSON)))
    case .dictionary(let members):
      Self.marked("dict", .array(members.map { .array([$0.key.forJSON, $0.value.forJSON]) }))
    case .timedelta(let value):
      Self.marked(
        "timedelta",
        [
          "days": PythonValue(value.days), "seconds": PythonValue(value.seconds),
          "microseconds": PythonValue(value.microseconds),
        ]
      )
    case .exception(let exception): exception.celeryValue.forJSON
    case .opaque(let object):
      Self.marked(
        "object",
        [
          "class": .string("\(object)"),
          "arguments": object.arguments.map { .array($0.map(\.forJSON)) } ?? .null,
        ]
      )
    default: self
    }
  }

  private static func marked(_ type: String, _ value: PythonValue) -> PythonValue {
    ["__type__": .string(type), "__value__": value]
  }
}
