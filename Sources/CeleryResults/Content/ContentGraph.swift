/// What a pickle or YAML builds: objects that refer to each other by number, perhaps in circles.
///
/// They lie in a few arrays: neither depth nor circles matter when they are released, and an object that takes one
/// byte of a pickle takes few here.
struct ContentGraph {
  /// The number of an object.
  typealias Reference = Int32

  /// What an object is.
  enum Kind {
    /// A value without parts.
    case value(PythonValue)
    case list
    case tuple
    /// Keys and values in turn.
    case dictionary
    case set
    case frozenSet
    /// A class or function, by name.
    case global(module: String, name: String)
    /// The function or class, and a tuple of arguments; then, in turn, keys and values that were set.
    case call
  }

  private enum Tag: UInt8 {
    case value, list, tuple, dictionary, set, frozenSet, global, call
  }

  /// An object: what it is, and where the rest of it lies.
  private struct Slot {
    var tag: Tag
    var index: Int32
  }

  private var slots: [Slot] = []
  private var values: [PythonValue] = []
  private var globals: [(module: String, name: String)] = []
  /// The parts of all objects.
  private(set) var parts = ContentParts()
  /// What `BUILD` gave.
  private(set) var states: [Reference: Reference] = [:]

  static let none: Reference = 0
  static let yes: Reference = 1
  static let no: Reference = 2
  static let emptyTuple: Reference = 3

  init() {
    for value in [.null, true, false] as [PythonValue] { _ = add(.value(value)) }
    _ = add(.tuple)
  }

  /// How many objects there are.
  var count: Int { slots.count }

  /// Adds an object.
  mutating func add(_ kind: Kind, _ parts: [Reference] = []) -> Reference {
    let slot: Slot
    switch kind {
    case .value(let value):
      slot = Slot(tag: .value, index: Int32(truncatingIfNeeded: values.count))
      values.append(value)
    case .global(let module, let name):
      slot = Slot(tag: .global, index: Int32(truncatingIfNeeded: globals.count))
      globals.append((module, name))
    case .list: slot = Slot(tag: .list, index: self.parts.add(parts))
    case .tuple: slot = Slot(tag: .tuple, index: self.parts.add(parts))
    case .dictionary: slot = Slot(tag: .dictionary, index: self.parts.add(parts))
    case .set: slot = Slot(tag: .set, index: self.parts.add(parts))
    case .frozenSet: slot = Slot(tag: .frozenSet, index: self.parts.add(parts))
    case .call: slot = Slot(tag: .call, index: self.parts.add(parts))
    }
    slots.append(slot)
    return Reference(truncatingIfNeeded: slots.count - 1)
  }

  /// What an object is.
  func kind(of reference: Reference) -> Kind {
    let slot = slots[Int(reference)]
    switch slot.tag {
    case .value: return .value(values[Int(slot.index)])
    case .global:
      let (module, name) = globals[Int(slot.index)]
      return .global(module: module, name: name)
    case .list: return .list
    case .tuple: return .tuple
    case .dictionary: return .dictionary
    case .set: return .set
    case .frozenSet: return .frozenSet
    case .call: return .call
    }
  }

  /// The parts of an object.
  func parts(of reference: Reference) -> [Reference] {
    let slot = slots[Int(reference)]
    return slot.tag == .value || slot.tag == .global ? [] : parts[slot.index]
  }

  /// Adds parts to an object that can have some.
  mutating func append(_ added: [Reference], to reference: Reference) {
    let slot = slots[Int(reference)]
    guard slot.tag != .value, slot.tag != .global else { return }
    parts.append(added, to: slot.index)
  }

  mutating func setState(_ state: Reference, of reference: Reference) {
    states[reference] = state
  }
}
