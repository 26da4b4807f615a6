/// Makes a value of the objects that a pickle or YAML has built.
///
/// A value is a tree: an object that occurs several times is several values. Each object is made into a value once, and
/// the parts share their storage; how large the whole is counts all the same, because whoever compares or writes it
/// visits each occurrence. No function calls itself here, so that depth costs no stack.
struct ContentUnfolding {
  typealias Reference = ContentGraph.Reference

  struct Unfolded {
    var value: PythonValue
    var size: ContentSize
  }

  let graph: ContentGraph
  let format: String
  let limits: ContentLimits
  private let dataLimit: Int
  private var hashingBudget: Int
  private var unfolded: [Reference: Unfolded] = [:]
  /// The objects that the current one is part of.
  private var path: Set<Reference> = []

  init(_ graph: ContentGraph, format: String, byteCount: Int, limits: ContentLimits) {
    self.graph = graph
    self.format = format
    self.limits = limits
    self.dataLimit = max(limits.dataBytes, byteCount)
    self.hashingBudget = 4 * limits.values
  }

  /// The value of an object.
  mutating func value(of root: Reference) throws(ContentError) -> PythonValue {
    var stack = [root]
    while let reference = stack.last {
      if unfolded[reference] != nil {
        stack.removeLast()
      } else if path.insert(reference).inserted {
        guard path.count <= limits.nesting + 1 else { throw tooDeep }
        for part in parts(of: reference) where unfolded[part] == nil {
          guard !path.contains(part) else {
            throw error(.nestingTooDeep, "a value contains itself, which only Python can hold")
          }
          stack.append(part)
        }
      } else {
        try unfold(reference)
        path.remove(reference)
        stack.removeLast()
      }
    }
    return unfolded[root]?.value ?? .null
  }

  /// The objects that are needed for the value of this one.
  private func parts(of reference: Reference) -> [Reference] {
    let node = graph[reference]
    switch node.kind {
    case .value, .global: return []
    case .list, .tuple, .dictionary, .set, .frozenSet: return node.parts
    case .call:
      var parts = Array(node.parts.prefix(2))
      guard let function = parts.first, case .global(let module, let name) = graph[function].kind else {
        return parts
      }
      let type = PickleClass(module: module, name: name)
      if type.isDictionary { parts = node.parts }
      if type.isUUID || (type.isReconstructor && makesUUID(parts)), let state = node.state {
        parts.append(state)
      }
      return parts
    }
  }

  /// Whether the first of a call's arguments is the class UUID.
  private func makesUUID(_ parts: [Reference]) -> Bool {
    guard let arguments = parts.last, let first = graph[arguments].parts.first,
      case .global(let module, let name) = graph[first].kind
    else { return false }
    return PickleClass(module: module, name: name).isUUID
  }

  private mutating func unfold(_ reference: Reference) throws(ContentError) {
    let node = graph[reference]
    let parts = parts(of: reference).compactMap { unfolded[$0] }
    var size = ContentSize()
    if case .value(let value) = node.kind { size = ContentSize(of: value) }
    for part in parts { size.add(part.size) }
    guard size.depth <= limits.nesting + 1 else { throw tooDeep }
    guard size.values <= limits.values else {
      throw error(.tooLarge, "the value has more than \(limits.values) parts, counted as often as they occur")
    }
    guard size.dataBytes <= dataLimit else {
      throw error(
        .tooLarge,
        "the value has more than \(dataLimit) bytes of text, counted as often as they occur"
      )
    }
    unfolded[reference] = Unfolded(value: try value(of: node, parts: parts), size: size)
  }

  private mutating func value(
    of node: ContentGraph.Node,
    parts: [Unfolded]
  ) throws(ContentError) -> PythonValue {
    switch node.kind {
    case .value(let value): return value
    case .global(let module, let name):
      let type = PickleClass(module: module, name: name)
      return .opaque(PythonOpaque(module: type.module, name: type.name))
    case .list: return .array(parts.map(\.value))
    case .tuple: return .tuple(parts.map(\.value))
    case .set, .frozenSet:
      try charge(parts)
      var isFrozen = false
      if case .frozenSet = node.kind { isFrozen = true }
      return .set(PythonSet(parts.map(\.value), isFrozen: isFrozen))
    case .dictionary: return try dictionary(parts)
    case .call:
      guard parts.count >= 2, case .tuple(let arguments) = parts[1].value else {
        return .opaque(PythonOpaque(module: "builtins", name: "object"))
      }
      guard case .opaque(let function) = parts[0].value, function.arguments == nil else {
        return .opaque(PythonOpaque(module: "builtins", name: "object", arguments: arguments))
      }
      let type = PickleClass(module: function.module, name: function.name)
      // What is hashed of the arguments: elements, and the keys in pairs.
      if type.makesSet || type.isDictionary { try charge([parts[1]]) }
      if type.isDictionary { return try dictionary(Array(parts.dropFirst(2)), base: arguments) }
      return type.make(arguments, state: parts.count > 2 ? parts.last?.value : nil)
    }
  }

  private mutating func dictionary(
    _ parts: [Unfolded],
    base: [PythonValue] = []
  ) throws(ContentError) -> PythonValue {
    var members: [(PythonValue, PythonValue)] = []
    for argument in base { members += PickleClass.pairs(argument) }
    for index in stride(from: 0, to: parts.count - 1, by: 2) {
      try charge([parts[index]])
      members.append((parts[index].value, parts[index + 1].value))
    }
    return .dictionary(of: members)
  }

  /// Pays for the hashing of keys or elements, which may be large and occur in each other.
  private mutating func charge(_ parts: [Unfolded]) throws(ContentError) {
    for part in parts {
      hashingBudget -= min(part.size.hashingCost, hashingBudget + 1)
      guard hashingBudget >= 0 else { throw error(.tooLarge, "the keys of the value are too large") }
    }
  }

  private var tooDeep: ContentError {
    error(.nestingTooDeep, "values are nested more than \(limits.nesting) deep")
  }

  private func error(_ code: ContentError.Code, _ detail: String) -> ContentError {
    ContentError(code, in: format, detail: detail)
  }
}
