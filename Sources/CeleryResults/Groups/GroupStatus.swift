/// What is stored about the tasks of a group, from one question.
///
/// A member that is a group of its own counts as one, as in Celery.
public struct GroupStatus: Sendable {
  /// The group with its members.
  public let reference: ResultReference
  /// What is stored about each task in its order, those of a nested group in its place.
  public let tasks: [TaskResult]
  private let tasksByID: [TaskID: TaskResult]

  /// Makes a status of what is stored.
  ///
  /// - Parameters:
  ///   - reference: The group with its members.
  ///   - tasks: What is stored about its tasks, in any order; those that are missing are PENDING.
  public init(_ reference: ResultReference, tasks: [TaskResult]) {
    let tasksByID = Dictionary(tasks.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    self.reference = reference
    self.tasksByID = tasksByID
    self.tasks = reference.taskIDs.map { tasksByID[$0] ?? .pending($0) }
  }

  /// What is stored about one of the tasks; it is PENDING where it is none of the group's.
  public func task(_ id: TaskID) -> TaskResult { tasksByID[id] ?? .pending(id) }

  /// Whether all tasks have ended: Celery's `ready()`.
  public var isReady: Bool { tasks.allSatisfy(\.state.isReady) }

  /// Whether all tasks have returned a value: Celery's `successful()`.
  public var isSuccessful: Bool { tasks.allSatisfy { $0.state == .success } }

  /// Whether any task has raised an exception: Celery's `failed()`.
  public var isFailed: Bool { tasks.contains { $0.state == .failure } }

  /// Whether any task has not ended: Celery's `waiting()`.
  public var isWaiting: Bool { !isReady }

  /// How many members have returned a value: Celery's `completed_count()`.
  public var completedCount: Int {
    (reference.children ?? []).count { member in
      member.taskIDs.allSatisfy { task($0).state == .success }
    }
  }

  /// What the members have returned, as one list; that of a nested group is a list in it.
  ///
  /// - Throws: `ResultError` when a result cannot be read.
  func result(of reference: ResultReference) throws(ResultError) -> PythonValue {
    guard let members = reference.children else { return try task(reference.id).result }
    var values: [PythonValue] = []
    for member in members { values.append(try result(of: member)) }
    return .array(values)
  }

  /// What a member has returned, as a Swift value.
  ///
  /// - Throws: `ResultError` with code `decodingFailed`, or when a result cannot be read.
  func value<Value: Decodable>(of member: ResultReference, as type: Value.Type) throws(ResultError) -> Value {
    guard member.isGroup else { return try task(member.id).value() }
    let result = try result(of: member)
    do {
      return try PythonValueDecoder().decode(type, from: result)
    } catch {
      throw ResultError(
        .decodingFailed,
        message: "Group \(member.id): the list of its members' results cannot be read as \(type).",
        underlyingError: error
      )
    }
  }
}
