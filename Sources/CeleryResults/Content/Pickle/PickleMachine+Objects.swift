extension PickleMachine {
  /// Does what an instruction says that names a class or makes an object of one.
  mutating func executeObject(_ opcode: PickleOpcode) throws(ContentError) {
    switch opcode {
    case .global: push(try global())
    case .stackGlobal:
      // To pop within the call would copy the stack: the call has a copy of the machine until it is made.
      let (name, module) = (try pop(), try pop())
      push(graph.add(.global(module: try text(of: module), name: try text(of: name))))
    case .inst:
      let type = try global()
      push(call(type, try popToMark()))
    case .obj:
      let items = try popToMark()
      guard let type = items.first else { throw error(.malformed, "there is no class to make an object of") }
      push(call(type, Array(items.dropFirst())))
    case .reduce, .newObj:
      let arguments = try pop()
      try require(arguments, isTupleFor: try top())
      push(graph.add(.call, [try pop(), arguments]))
    case .newObjEx:
      // Arguments by name are not kept.
      _ = try pop()
      let arguments = try pop()
      try require(arguments, isTupleFor: try top())
      push(graph.add(.call, [try pop(), arguments]))
    case .build:
      let state = try pop()
      graph.setState(state, of: try top())
    default: break
    }
  }

  private mutating func call(
    _ type: ContentGraph.Reference,
    _ arguments: [ContentGraph.Reference]
  ) -> ContentGraph.Reference {
    let tuple = graph.add(.tuple, arguments)
    return graph.add(.call, [type, tuple])
  }

  private func require(
    _ arguments: ContentGraph.Reference,
    isTupleFor function: ContentGraph.Reference
  ) throws(ContentError) {
    guard case .tuple = graph.kind(of: arguments) else {
      throw error(.malformed, "the arguments of a call are no tuple")
    }
    switch graph.kind(of: function) {
    case .global, .call: break
    default: throw error(.malformed, "what is called is no class or function")
    }
  }

  private mutating func global() throws(ContentError) -> ContentGraph.Reference {
    guard let module = String(validating: try line(), as: UTF8.self),
      let name = String(validating: try line(), as: UTF8.self)
    else { throw error(.malformed, "the name of a class is not UTF-8") }
    return graph.add(.global(module: module, name: name))
  }

  private func text(of reference: ContentGraph.Reference) throws(ContentError) -> String {
    guard case .value(let value) = graph.kind(of: reference), let text = value.text else {
      throw error(.malformed, "the name of a class is no text")
    }
    return text
  }
}
