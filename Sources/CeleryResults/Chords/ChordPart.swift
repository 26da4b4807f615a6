/// A part of a chord that has ended.
public struct ChordPart: Hashable, Sendable {
  /// The task.
  public var id: TaskID
  /// The header's group, which Celery's message has under `group`.
  public var group: TaskID
  /// The state that the part ended in.
  public var state: TaskState
  /// The body, which Celery's message has under `chord`.
  ///
  /// It is needed only where the chord was made by a Python worker.
  public var body: ChordBody?

  /// Makes a part.
  public init(id: TaskID, group: TaskID, state: TaskState, body: ChordBody? = nil) {
    self.id = id
    self.group = group
    self.state = state
    self.body = body
  }
}
