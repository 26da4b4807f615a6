/// Makes a value of the objects that a pickle or YAML has built.
///
/// A value is a tree: an object that occurs several times is several values. Each object is made into a value once, and
/// the parts share their storage; how large the whole is counts all the same, because whoever compares or writes it
/// visits each occurrence. No function calls itself here, so that depth costs no stack. What is kept meanwhile are the
/// objects that are being made, and those that occur more than once.
struct ContentUnfolding {
  typealias Reference = ContentGraph.Reference

  private struct Unfolded {
    var value: PythonValue
    var size: ContentSize
  }

  /// An object that is being made.
  private struct Frame {
    let reference: Reference
    let kind: ContentGraph.Kind
    let parts: [Reference]
    var size = ContentSize()
  }

  private let graph: ContentGraph
  private let format: String
  private let limits: ContentLimits
  private let dataLimit: Int
  private var hashingBudget: Int
  /// How often each object is a part of another one: 0, 1 or more.
  private var uses: [UInt8]
  /// The objects that occur more than once.
  private var shared: [Reference: Unfolded] = [:]
  /// The objects that the current one is part of.
  private var frames: [Frame] = []
  /// The values of the parts that each of these has already; apart from them, so that nothing copies it.
  private var values: [[PythonValue]] = []
  private var path: Set<Reference> = []

  init(_ graph: ContentGraph, format: String, byteCount: Int, limits: ContentLimits) {
    self.graph = graph
    self.format = format
    self.limits = limits
    self.dataLimit = max(limits.dataBytes, byteCount)
    self.hashingBudget = 4 * limits.values
    uses = Array(repeating: 0, count: graph.count)
    for part in graph.parts.numbers { uses[Int(part)] = min(uses[Int(part)] + 1, 2) }
    for state in graph.states.values { uses[Int(state)] = 2 }
  }

  /// The value of an object.
  mutating func value(of root: Reference) throws(ContentError) -> PythonValue {
    var finished = try begin(root)
    while true {
      guard let top = frames.indices.last else { return finished?.value ?? .null }
      if let part = finished {
        try add(part, to: top)
        finished = nil
      } else if values[top].count < frames[top].parts.count {
        finished = try begin(frames[top].parts[values[top].count])
      } else {
        finished = finish(frames.removeLast(), values.removeLast())
      }
    }
  }

  /// Gives an object that has no parts or is made already; nil when its parts come first.
  private mutating func begin(_ reference: Reference) throws(ContentError) -> Unfolded? {
    if let known = shared[reference] { return known }
    let kind = graph.kind(of: reference)
    if case .value(let value) = kind { return Unfolded(value: value, size: ContentSize(of: value)) }
    let parts = parts(of: reference, kind)
    let frame = Frame(reference: reference, kind: kind, parts: parts)
    if parts.isEmpty { return Unfolded(value: value(of: frame, []), size: frame.size) }
    guard path.insert(reference).inserted else {
      throw error(.nestingTooDeep, "a value contains itself, which only Python can hold")
    }
    guard path.count <= limits.nesting + 1 else { throw tooDeep }
    frames.append(frame)
    values.append([])
    values[values.count - 1].reserveCapacity(parts.count)
    return nil
  }

  private mutating func finish(_ frame: Frame, _ values: [PythonValue]) -> Unfolded {
    path.remove(frame.reference)
    let unfolded = Unfolded(value: value(of: frame, values), size: frame.size)
    if uses[Int(frame.reference)] > 1 { shared[frame.reference] = unfolded }
    return unfolded
  }

  private mutating func add(_ part: Unfolded, to top: Int) throws(ContentError) {
    if isNextHashed(top) { try charge(part.size) }
    values[top].append(part.value)
    frames[top].size.add(part.size)
    let size = frames[top].size
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
  }

  /// The objects that are needed for the value of this one.
  private func parts(of reference: Reference, _ kind: ContentGraph.Kind) -> [Reference] {
    guard case .call = kind else { return graph.parts(of: reference) }
    let all = graph.parts(of: reference)
    var parts = Array(all.prefix(2))
    guard let type = parts.first.flatMap(globalClass) else { return parts }
    if type.isDictionary { parts = all }
    if type.isUUID || (type.isReconstructor && makesUUID(parts)), let state = graph.states[reference] {
      parts.append(state)
    }
    return parts
  }

  /// Whether the first of a call's arguments is the class UUID.
  private func makesUUID(_ parts: [Reference]) -> Bool {
    guard let arguments = parts.last, let first = graph.parts(of: arguments).first else { return false }
    return globalClass(first)?.isUUID ?? false
  }

  private func globalClass(_ reference: Reference) -> PickleClass? {
    guard case .global(let module, let name) = graph.kind(of: reference) else { return nil }
    return PickleClass(module: module, name: name)
  }

  private func value(of frame: Frame, _ values: [PythonValue]) -> PythonValue {
    switch frame.kind {
    case .value(let value): return value
    case .global(let module, let name):
      let type = PickleClass(module: module, name: name)
      return .opaque(PythonOpaque(module: type.module, name: type.name))
    case .list: return .array(values)
    case .tuple: return .tuple(values)
    case .set: return .set(PythonSet(values, isFrozen: false))
    case .frozenSet: return .set(PythonSet(values, isFrozen: true))
    case .dictionary: return dictionary(values[...])
    case .call:
      guard values.count >= 2, case .tuple(let arguments) = values[1] else {
        return .opaque(PythonOpaque(module: "builtins", name: "object"))
      }
      guard let type = calledClass(values) else {
        return .opaque(PythonOpaque(module: "builtins", name: "object", arguments: arguments))
      }
      if type.isDictionary { return dictionary(values[2...], base: arguments) }
      return type.make(arguments, state: values.count > 2 ? values.last : nil)
    }
  }

  /// The class that a call calls, once that is made.
  private func calledClass(_ values: [PythonValue]) -> PickleClass? {
    guard case .opaque(let function)? = values.first, function.arguments == nil else { return nil }
    return PickleClass(module: function.module, name: function.name)
  }

  private func dictionary(_ parts: ArraySlice<PythonValue>, base: [PythonValue] = []) -> PythonValue {
    var members: [(PythonValue, PythonValue)] = []
    members.reserveCapacity(parts.count / 2)
    for argument in base { members += PickleClass.pairs(argument) }
    for index in stride(from: parts.startIndex, to: parts.endIndex - 1, by: 2) {
      members.append((parts[index], parts[index + 1]))
    }
    return .dictionary(of: members)
  }

  /// Whether the next part of an object is hashed when the object is made.
  private func isNextHashed(_ top: Int) -> Bool {
    let index = values[top].count
    return switch frames[top].kind {
    case .set, .frozenSet: true
    case .dictionary: index.isMultiple(of: 2)
    // The elements of a set, or pairs whose keys a dictionary gets.
    case .call where index == 1: calledClass(values[top]).map { $0.makesSet || $0.isDictionary } ?? false
    case .call where index > 1: index.isMultiple(of: 2) && calledClass(values[top])?.isDictionary ?? false
    default: false
    }
  }

  /// Pays for the hashing of a key or element, which may be large and occur in others.
  private mutating func charge(_ size: ContentSize) throws(ContentError) {
    hashingBudget -= min(size.hashingCost, hashingBudget + 1)
    guard hashingBudget >= 0 else { throw error(.tooLarge, "the keys of the value are too large") }
  }

  private var tooDeep: ContentError {
    error(.nestingTooDeep, "values are nested more than \(limits.nesting) deep")
  }

  private func error(_ code: ContentError.Code, _ detail: String) -> ContentError {
    ContentError(code, in: format, detail: detail)
  }
}
