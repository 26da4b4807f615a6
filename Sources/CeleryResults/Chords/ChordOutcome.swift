/// What came of the header of a chord.
public enum ChordOutcome: Hashable, Sendable {
  /// All parts have succeeded: their values in the header's order, those of a group in a list of their own.
  case values([PythonValue])
  /// A part has failed: the `ChordError` that is stored for the body, and the first such part.
  case error(RemoteException, part: TaskID)
}

extension ChordOutcome {
  /// Collects what the parts have come to, as `GroupResult.join` does: the first failure in the header's order
  /// counts.
  ///
  /// - Parameters:
  ///   - members: The header's members.
  ///   - results: What is stored about the parts.
  ///   - notes: The parts that were counted.
  package init(
    of members: [ResultReference],
    results: [TaskID: TaskResult],
    notes: [TaskID: ChordNote]
  ) {
    do throws(PartFailure) {
      self = .values(try Self.values(of: members, results, notes))
    } catch {
      self = .error(.chordError(error.text), part: error.part)
    }
  }

  private struct PartFailure: Error {
    let part: TaskID
    let text: String
  }

  private static func values(
    of members: [ResultReference],
    _ results: [TaskID: TaskResult],
    _ notes: [TaskID: ChordNote]
  ) throws(PartFailure) -> [PythonValue] {
    var values: [PythonValue] = []
    for member in members {
      if let children = member.children {
        values.append(.array(try Self.values(of: children, results, notes)))
      } else {
        values.append(try value(of: member.id, results[member.id], notes[member.id]))
      }
    }
    return values
  }

  private static func value(
    of part: TaskID,
    _ result: TaskResult?,
    _ note: ChordNote?
  ) throws(PartFailure) -> PythonValue {
    guard let result, result.state.isReady else {
      switch note {
      case .withoutResult(.success): return .null
      case .withoutResult(let state):
        throw PartFailure(
          part: part,
          text: "Dependency \(part) ended in \(state), and its result is not stored"
        )
      case .withResult, nil:
        throw PartFailure(part: part, text: "Dependency \(part): its result is no longer stored")
      }
    }
    do throws(ResultError) {
      guard result.state.propagates else { return try result.result }
      let text = try result.exception?.pythonRepresentation ?? "\(result.state) without an exception"
      throw ResultError(.taskFailed, message: text)
    } catch {
      guard error.code != .taskFailed else { throw PartFailure(part: part, text: error.message) }
      throw PartFailure(part: part, text: "Dependency \(part): \(error.message)")
    }
  }
}
