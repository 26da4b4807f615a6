extension PickleMachine {
  /// Does what one instruction says, `STOP` aside.
  mutating func execute(_ opcode: PickleOpcode) throws(ContentError) {
    switch opcode {
    case .stop: break
    case .proto:
      guard try byte() <= 5 else { throw error(.malformed, "the protocol is newer than 5") }
    case .frame:
      guard try number(ofBytes: 8) <= UInt64(bytes.count - position) else {
        throw error(.unexpectedEnd, "a frame goes beyond the end")
      }
    case .mark: pushMark()
    case .pop: try drop()
    case .popMark: _ = try popToMark()
    case .dup: push(try top())
    case .put: try memoize(at: try index())
    case .binPut: try memoize(at: try number(ofBytes: 1))
    case .longBinPut: try memoize(at: try number(ofBytes: 4))
    case .memoize: try memoize()
    case .get: try recall(try index())
    case .binGet: try recall(try number(ofBytes: 1))
    case .longBinGet: try recall(try number(ofBytes: 4))
    case .none: push(ContentGraph.none)
    case .newTrue: push(ContentGraph.yes)
    case .newFalse: push(ContentGraph.no)
    case .int, .binInt, .binInt1, .binInt2, .long, .long1, .long4, .float, .binFloat:
      push(try numeral(opcode))
    case .string, .binString, .shortBinString, .unicode, .binUnicode, .shortBinUnicode, .binUnicode8,
      .binBytes, .shortBinBytes, .binBytes8, .byteArray8:
      push(try text(opcode))
    case .global, .stackGlobal, .inst, .obj, .reduce, .newObj, .newObjEx, .build:
      try executeObject(opcode)
    case .persID, .binPersID:
      throw error(.refused, "a persistent id names an object that is kept elsewhere")
    case .ext1, .ext2, .ext4:
      throw error(.refused, "an extension code names a class that is registered elsewhere")
    case .nextBuffer, .readOnlyBuffer: throw error(.refused, "a buffer is kept outside of the pickle")
    default: try executeContainer(opcode)
    }
  }

  private mutating func executeContainer(_ opcode: PickleOpcode) throws(ContentError) {
    switch opcode {
    case .emptyList: push(graph.add(.list))
    case .emptyDict: push(graph.add(.dictionary))
    case .emptySet: push(graph.add(.set))
    case .emptyTuple: push(ContentGraph.emptyTuple)
    case .list: push(graph.add(.list, try popToMark()))
    case .tuple: push(graph.add(.tuple, try popToMark()))
    case .frozenSet: push(graph.add(.frozenSet, try popToMark()))
    case .dict: push(graph.add(.dictionary, try pairs()))
    case .tuple1: push(graph.add(.tuple, [try pop()]))
    case .tuple2:
      let second = try pop()
      push(graph.add(.tuple, [try pop(), second]))
    case .tuple3:
      let third = try pop()
      let second = try pop()
      push(graph.add(.tuple, [try pop(), second, third]))
    case .append: try extend([try pop()])
    case .appends, .addItems: try extend(try popToMark())
    case .setItem:
      let value = try pop()
      try assign([try pop(), value])
    case .setItems: try assign(try pairs())
    default: throw error(.malformed, "expected an instruction")
    }
  }

  private mutating func pairs() throws(ContentError) -> [ContentGraph.Reference] {
    let items = try popToMark()
    guard items.count.isMultiple(of: 2) else { throw error(.malformed, "a key has no value") }
    return items
  }

  /// Adds elements to the list or set on top.
  private mutating func extend(_ elements: [ContentGraph.Reference]) throws(ContentError) {
    let target = try top()
    switch graph.kind(of: target) {
    case .list, .set: graph.append(elements, to: target)
    // What an opaque list holds is not kept.
    case .call: break
    default: throw error(.malformed, "elements are added to what is no list")
    }
  }

  /// Sets items of the dictionary on top.
  private mutating func assign(_ items: [ContentGraph.Reference]) throws(ContentError) {
    let target = try top()
    switch graph.kind(of: target) {
    case .dictionary, .call: graph.append(items, to: target)
    default: throw error(.malformed, "a key is set in what is no dictionary")
    }
  }
}
