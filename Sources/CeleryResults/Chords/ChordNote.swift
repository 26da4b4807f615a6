/// What is noted of a part when it is counted.
package enum ChordNote: Hashable, Sendable {
  /// Its result was stored.
  case withResult
  /// Its result was not stored; the state is the one that it was delivered with.
  case withoutResult(TaskState)
}

extension [TaskID: ChordNote] {
  /// Reads the notes as they are stored: an object of task ids, with a state where no result was stored.
  package init(celeryValue value: PythonValue) {
    self.init()
    guard case .object(let members) = value else { return }
    for (key, value) in members {
      guard let id = key.text else { continue }
      self[TaskID(id)] = value.text.map { .withoutResult(TaskState(rawValue: $0)) } ?? .withResult
    }
  }

  /// The notes as they are stored.
  package var celeryValue: PythonValue {
    .object(
      PythonObject(
        sorted { $0.key.rawValue < $1.key.rawValue }.map { id, note in
          switch note {
          case .withResult: (PythonString(id.rawValue), .null)
          case .withoutResult(let state): (PythonString(id.rawValue), .string(state.rawValue))
          }
        }
      )
    )
  }
}
