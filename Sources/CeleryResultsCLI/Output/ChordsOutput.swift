import CeleryResults

/// What `chords` says.
struct ChordsOutput: Reportable {
  let page: ChordPage
  let showsBodies: Bool

  var lines: [String] {
    if showsBodies { return page.chords.compactMap { try? PythonJSON.encode(value(of: $0)) } }
    guard !page.chords.isEmpty else { return ["No chord is open."] }
    var table = TextTable(["GROUP ID", "STATE", "READY", "BODY", "BODY ID", "CREATED"])
    for chord in page.chords {
      table.rows.append(
        [
          chord.group.rawValue, chord.phase.text, "\(chord.readyCount)/\(chord.partCount)",
          chord.body?.taskName ?? "", chord.body?.taskID.rawValue ?? "",
          chord.dateCreated.map(TaskResult.text) ?? "",
        ].map { Terminal.harmless($0) }
      )
    }
    return [table.text]
  }

  var json: PythonValue {
    ["chords": .array(page.chords.map(value)), "next": .text(page.next?.description)]
  }

  private func value(of chord: ChordStatus) -> PythonValue {
    var members: PythonObject = [
      "group_id": .text(chord.group.rawValue), "state": .text(chord.phase.description),
      "ready": .number(chord.readyCount), "parts": .number(chord.partCount),
      "claimed_until": .text(chord.phase.claimedUntil.map(TaskResult.text)),
      "body_task": .text(chord.body?.taskName), "body_task_id": .text(chord.body?.taskID.rawValue),
      "date_created": .text(chord.dateCreated.map(TaskResult.text)),
    ]
    if showsBodies { members["body"] = chord.body?.signature ?? .null }
    return .object(members)
  }
}

extension ChordStatus {
  /// Whether nobody sends the body.
  var isToBeSent: Bool {
    switch phase {
    case .complete, .leaseExpired: true
    case .open, .claimed, .countedElsewhere, .unreadable: false
    }
  }
}
