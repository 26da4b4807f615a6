/// A class or function that a pickle names, and what becomes of a call of it.
struct PickleClass {
  let module: String
  let name: String

  /// Takes the names of Python 2 for those of Python 3.
  init(module: String, name: String) {
    switch module {
    case "__builtin__", "exceptions": self.module = "builtins"
    case "copy_reg": self.module = "copyreg"
    default: self.module = module
    }
    self.name = module == "exceptions" && name == "StandardError" ? "Exception" : name
  }

  var path: String { "\(module).\(name)" }

  /// Whether it is a dictionary of the standard library.
  var isDictionary: Bool {
    module == "collections" && ["OrderedDict", "defaultdict", "Counter"].contains(name)
  }

  var isUUID: Bool { path == "uuid.UUID" }

  /// Whether it makes an object of the class that is its first argument, as protocols 0 and 1 do.
  var isReconstructor: Bool { path == "copyreg._reconstructor" }

  var makesSet: Bool { path == "builtins.set" || path == "builtins.frozenset" }

  /// What a call gives: a value of Python's own, an exception, or an opaque value.
  func make(_ arguments: [PythonValue], state: PythonValue?) -> PythonValue {
    ownValue(arguments, state: state) ?? exception(arguments).map(PythonValue.exception)
      ?? .opaque(PythonOpaque(module: module, name: name, arguments: arguments))
  }

  private func ownValue(_ arguments: [PythonValue], state: PythonValue?) -> PythonValue? {
    switch path {
    case "_codecs.encode", "builtins.bytes", "builtins.bytearray":
      return Self.bytes(arguments).map(PythonValue.bytes)
    case "builtins.set", "builtins.frozenset":
      guard arguments.count <= 1 else { return nil }
      guard let elements = arguments.isEmpty ? [] : arguments[0].elements else { return nil }
      return .set(PythonSet(elements, isFrozen: name == "frozenset"))
    case "decimal.Decimal":
      return arguments.first?.text.flatMap(PythonDecimal.init).map(PythonValue.decimal)
    case "uuid.UUID": return Self.uuid(arguments, state: state)
    case "copyreg._reconstructor", "copyreg.__newobj__":
      guard case .opaque(let type)? = arguments.first, type.arguments == nil else { return nil }
      let given = isReconstructor ? [] : Array(arguments.dropFirst())
      return PickleClass(module: type.module, name: type.name).make(given, state: state)
    case "builtins.getattr":
      guard arguments.count == 2, case .opaque(var owner) = arguments[0], owner.arguments == nil,
        let attribute = arguments[1].text
      else { return nil }
      owner.name += ".\(attribute)"
      return .opaque(owner)
    default: return dateValue(arguments)
    }
  }

  private static func bytes(_ arguments: [PythonValue]) -> [UInt8]? {
    switch arguments.first {
    case nil: return []
    case .bytes(let bytes)?: return bytes
    case .string(let string)?:
      // Protocols up to 2 write bytes as text in Latin-1.
      guard arguments.count == 2, arguments[1].text?.hasPrefix("latin") ?? false else { return nil }
      let bytes = string.utf16.compactMap { UInt8(exactly: $0) }
      return bytes.count == string.utf16.count ? bytes : nil
    default: return nil
    }
  }

  /// The pairs in what a dictionary is made of.
  static func pairs(_ argument: PythonValue) -> [(PythonValue, PythonValue)] {
    switch argument {
    case .object(let members): return members.map { (.string($0.key), $0.value) }
    case .dictionary(let members): return members.map { ($0.key, $0.value) }
    case .array(let elements), .tuple(let elements):
      return elements.compactMap { pair in
        pair.elements.flatMap { $0.count == 2 ? ($0[0], $0[1]) : nil }
      }
    default: return []
    }
  }
}
