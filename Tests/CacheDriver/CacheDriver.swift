import CeleryResults
import CeleryResultsMariaDB
import CeleryResultsRedis

/// Stores and reads results in a cache, for the tests that have real Celery on the other side.
///
///     CacheDriver URL [--table NAME] store ID STATE JSON     the value, or the exception as Celery stores it
///     CacheDriver URL [--table NAME] get ID                  prints the meta as JSON
///     CacheDriver URL [--table NAME] wait ID                 the same, when the task is ready
///     CacheDriver URL [--table NAME] forget ID
///     CacheDriver URL [--table NAME] save-group ID MEMBER…
///     CacheDriver URL [--table NAME] group ID                prints what is saved as JSON
@main
struct CacheDriver {
  static func main() async throws {
    var words = Array(CommandLine.arguments.dropFirst())
    guard !words.isEmpty else { throw Failure(description: "say which cache") }
    let url = words.removeFirst()
    var table: String?
    if words.first == "--table" {
      table = words.dropFirst().first
      words.removeFirst(2)
    }
    let configuration = ResultBackendConfiguration(
      resultExpires: .seconds(600),
      resultExtended: true,
      pollingInterval: .milliseconds(20)
    )
    if let table {
      let cache = try DjangoDatabaseCache(url: url, options: .init(table: table))
      try await run(words, CacheBackend(cache, configuration: configuration))
      await cache.shutDown()
    } else {
      let cache = try RedisCache(url: url)
      try await run(words, CacheBackend(cache, configuration: configuration))
      await cache.shutDown()
    }
  }

  private static func run(_ words: [String], _ backend: CacheBackend) async throws {
    guard words.count >= 2 else { throw Failure(description: "say what to do, and with which id") }
    let id = TaskID(words[1])
    switch (words[0], words.count) {
    case ("store", 4):
      let request = TaskRequest(name: "swift.task", args: .json([1, "é"]), kwargs: .json(["k": nil]))
      try await backend.storeResult(
        PythonJSON.decode(words[3]),
        for: id,
        state: TaskState(rawValue: words[2]),
        request: request
      )
    case ("get", 2):
      try await printMeta(backend.taskMeta(for: id))
    case ("wait", 2):
      try await printMeta(
        AsyncResult(id, as: PythonValue.self, backend: backend).wait(timeout: .seconds(3_600))
      )
    case ("forget", 2):
      try await backend.forget(id)
    case ("save-group", _):
      let members = words[2...].map { ResultReference(TaskID($0)) }
      try await backend.saveGroup(ResultReference(id, children: members))
    case ("group", 2):
      print(try await backend.groupMeta(for: id)?.result ?? "null")
    default:
      throw Failure(description: "there is no command like this")
    }
  }

  private static func printMeta(_ result: TaskResult) throws {
    print(try PythonJSON.encode(result.celeryMeta()))
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }
}
