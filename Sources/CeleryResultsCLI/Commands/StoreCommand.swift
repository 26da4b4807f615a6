import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB

/// The subcommand `store`.
struct StoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store",
    abstract: "Store a result, as a worker would.",
    discussion: """
      EXAMPLES:
        celery-results store 7e3c0c4e --result '{"total": 42}'
        celery-results store 7e3c0c4e --state PROGRESS --result '{"current": 3}'
        celery-results store 91ab2 --exception ValueError --message 'no such card'
        celery-results store 91ab2 --state REVOKED
        celery-results store 5d1f --result - < result.json
        celery-results store 5d1f --result '[1, 2]' --serializer pickle
      """
  )

  @OptionGroup var connection: ConnectionOptions

  @Argument(help: "The id of the task.")
  var id: String

  @Option(
    help: .init(
      "The state: SUCCESS, FAILURE, STARTED, RETRY, REVOKED or one of your own. Default: FAILURE with "
        + "--exception, otherwise SUCCESS.",
      valueName: "state"
    )
  )
  var state: String?

  @Option(help: .init("The result as JSON; - reads it from standard input.", valueName: "json"))
  var result: String?

  @Option(
    help: .init(
      "How the result is written: json, pickle, yaml or msgpack. Default: CELERY_RESULT_SERIALIZER, else json.",
      valueName: "name"
    )
  )
  var serializer: String?

  @Option(help: .init("The class of an exception: ValueError, or package.module.Class.", valueName: "class"))
  var exception: String?

  @Option(help: .init("An argument of the exception. May be given several times.", valueName: "text"))
  var message: [String] = []

  @Option(help: .init("The traceback of the exception.", valueName: "text"))
  var traceback: String?

  @Option(help: .init("The name of the task.", valueName: "name"))
  var taskName: String?

  @Option(
    help: .init(
      "The positional arguments: what Python prints for them, (2,), or JSON, [2].",
      valueName: "args"
    )
  )
  var taskArgs: String?

  @Option(help: .init("The named arguments: what Python prints, {'y': 3}, or JSON.", valueName: "kwargs"))
  var taskKwargs: String?

  @Option(help: .init("The name of the worker.", valueName: "name"))
  var worker: String?

  @Option(help: .init("The name of the periodic task that sent the task.", valueName: "name"))
  var periodicTaskName: String?

  @Option(
    help: .init("The id of a task that this one has sent. May be given several times.", valueName: "id")
  )
  var child: [String] = []

  func validate() throws {
    guard !id.isEmpty else { throw ValidationError("the id of the task is empty") }
    guard !taskState.rawValue.isEmpty else { throw ValidationError("--state is empty") }
    guard taskState.isStored else {
      throw ValidationError("Celery never stores the state \(taskState): there is no row for it")
    }
    guard result == nil || exception == nil else {
      throw ValidationError("--result and --exception exclude each other: an exception is the result")
    }
    guard result != "-" || connection.passwordFile != "-" else {
      throw ValidationError("--result - and --password-file - exclude each other: both read standard input")
    }
    if let exception {
      guard taskState.isException else {
        throw ValidationError(
          "--exception belongs to the states FAILURE, RETRY and REVOKED, not to \(taskState)"
        )
      }
      guard !exception.isEmpty, exception.first != ".", exception.last != "." else {
        throw ValidationError("--exception must be the name of a class: ValueError, or package.module.Class")
      }
    }
    guard taskState != .failure || result != nil || exception != nil else {
      throw ValidationError("a FAILURE needs the --exception that is its reason")
    }
    guard serializer.map({ ResultSerializer($0) != nil }) ?? true else {
      throw ValidationError("--serializer must be json, pickle, yaml or msgpack")
    }
    guard message.isEmpty || exception != nil else {
      throw ValidationError("--message belongs to an --exception")
    }
  }

  var taskState: TaskState {
    state.map(TaskState.init(rawValue:)) ?? (exception == nil ? .success : .failure)
  }

  func run() async throws {
    let value = try storedValue()
    let request = try request()
    let isExtended = [taskName, taskArgs, taskKwargs, worker, periodicTaskName].contains { $0 != nil }
    try await connection.withBackend {
      // Who names these fields wants them stored.
      $0.resultExtended = $0.resultExtended || isExtended
      if let chosen = serializer.flatMap({ ResultSerializer($0) }) { $0.resultSerializer = chosen }
    } _: { backend in
      try await backend.storeResult(
        value,
        for: TaskID(id),
        state: taskState,
        traceback: traceback,
        request: request
      )
    }
  }

  private func storedValue() throws -> PythonValue {
    if let exception {
      let dot = exception.lastIndex(of: ".")
      return RemoteException(
        type: dot.map { String(exception[exception.index(after: $0)...]) } ?? exception,
        module: dot.map { String(exception[..<$0]) } ?? "builtins",
        arguments: message.map { .string(PythonString($0)) }
      ).celeryValue
    }
    if let result { return try Self.json(result == "-" ? StandardInput.text() : result, option: "--result") }
    return taskState == .revoked
      ? RemoteException.taskRevoked(reason: "revoked").celeryValue : .null
  }

  private func request() throws -> TaskRequest {
    TaskRequest(
      name: taskName,
      args: taskArgs.map(Self.arguments),
      kwargs: taskKwargs.map(Self.arguments),
      worker: worker,
      periodicTaskName: periodicTaskName,
      children: child.map { ResultReference(TaskID($0)) }
    )
  }

  /// Celery keeps what Python prints for the arguments; clients of task protocol 1 keep JSON.
  private static func arguments(_ text: String) -> TaskRequest.Arguments {
    switch try? PythonJSON.decode(text) {
    case .array(let values)?: .json(.array(values))
    case .object(let members)?: .json(.object(members))
    default: .representation(text)
    }
  }

  private static func json(_ text: String, option: String) throws -> PythonValue {
    do {
      return try PythonJSON.decode(text)
    } catch {
      throw ToolError(
        "\(option) cannot be read as \(error) (a string needs quotes: '\"text\"')",
        code: .validationFailure
      )
    }
  }
}
