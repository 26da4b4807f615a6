import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A worker for the tests of chords, in a process of its own, which they can kill.
@main
enum Main {
  static func main() async throws {
    let words = Array(CommandLine.arguments.dropFirst())
    let url = ProcessInfo.processInfo.environment["CELERY_RESULT_BACKEND"] ?? ""
    var pool = PoolConfiguration(maximumConnections: 5)
    pool.acquireTimeout = .seconds(600)
    let backend = DatabaseBackend(client: .init(try .init(url: url), pool: pool))
    switch (words.first, words.count) {
    case ("deliver", 4):
      let worker = ChordWorker(backend: backend, lease: .milliseconds(Int(words[2]) ?? 0))
      ChordWorker.die(afterMilliseconds: Int(words[3]) ?? 0)
      try await worker.deliver(shard: Int(words[1]) ?? 0)
    case ("sweep", 2):
      try await ChordWorker(backend: backend, lease: .milliseconds(Int(words[1]) ?? 0)).sweep()
    case ("apply", 4...):
      let parts = words.dropFirst(3).map { TaskID($0) }
      let body = ChordBody(task: "interop.tasks.total", id: TaskID(words[2]))
      try await backend.applyChord(of: TaskID(words[1]), parts: parts, body: body)
    case ("return", 4...5):
      let completion = try await backend.onChordPartReturn(
        TaskID(words[2]),
        of: TaskID(words[1]),
        state: TaskState(rawValue: words[3]),
        body: try words.dropFirst(4).first.map { try ChordBody(signature: PythonJSON.decode($0)) }
      )
      print(try PythonJSON.encode(value(of: completion)))
      try await completion?.close()
    default:
      throw WrongUsage()
    }
    await backend.shutDown()
  }

  private struct WrongUsage: Error {}

  private static func value(of completion: ChordCompletion?) -> PythonValue {
    guard let completion else { return .null }
    var value: PythonObject = ["body_id": completion.body.map { .string($0.taskID.rawValue) } ?? .null]
    switch completion.outcome {
    case .values(let values): value["values"] = .array(values)
    case .error(let error, let part):
      value["error"] = error.celeryValue
      value["part"] = .string(part.rawValue)
    }
    return .object(value)
  }
}
