import CeleryResults

/// A group, its tasks and their states, for people and for programs.
struct GroupReport: Reportable {
  let status: GroupStatus
  /// Whether a program also gets what the tasks returned.
  let withResults: Bool

  init(_ status: GroupStatus, withResults: Bool = false) {
    self.status = status
    self.withResults = withResults
  }

  var lines: [String] {
    var table = TextTable(["TASK ID", "STATE", "NAME", "WORKER", "DONE"])
    for task in status.tasks {
      table.rows.append(
        [
          task.id.rawValue, task.state.rawValue, task.name ?? "", task.worker ?? "",
          task.dateDone.map(TaskResult.text) ?? "",
        ].map { Terminal.harmless($0) }
      )
    }
    let members = status.reference.children ?? []
    let nested = members.filter(\.isGroup).count
    return [
      "group \(Terminal.harmless(status.reference.id.rawValue)): \(members.count) members"
        + (nested == 0 ? "" : ", \(nested) of them groups")
        + ", \(status.completedCount) completed, \(condition)",
      table.text,
    ]
  }

  private var condition: String {
    if status.isSuccessful { return "all successful" }
    let states = Dictionary(grouping: status.tasks.filter { $0.state != .success }, by: \.state.rawValue)
    let counts = states.sorted { $0.key < $1.key }.map { "\($0.value.count) \(Terminal.harmless($0.key))" }
    return (status.isReady ? "ready" : "waiting") + ": " + counts.joined(separator: ", ")
  }

  var json: PythonValue {
    [
      "group_id": .text(status.reference.id.rawValue),
      "parent": status.reference.parent?.celeryValue ?? .null,
      "ready": .bool(status.isReady),
      "successful": .bool(status.isSuccessful),
      "failed": .bool(status.isFailed),
      "waiting": .bool(status.isWaiting),
      "completed_count": .number(status.completedCount),
      "members": .array((status.reference.children ?? []).map(member)),
    ]
  }

  /// A task with its state, or a nested group with its own members.
  private func member(_ reference: ResultReference) -> PythonValue {
    if let members = reference.children {
      return ["group_id": .text(reference.id.rawValue), "members": .array(members.map(member))]
    }
    let task = status.task(reference.id)
    if withResults { return task.readableMeta }
    return [
      "task_id": .text(task.id.rawValue), "status": .text(task.state.rawValue),
      "task_name": .text(task.name), "worker": .text(task.worker),
      "date_done": .text(task.dateDone.map(TaskResult.text)),
    ]
  }
}
