import CeleryResults
import Testing

struct RemoteExceptionTests {
  /// What `Backend.exception_to_python` of celery 5.6.3 makes of stored text.
  private static let readings: [(String, RemoteException?)] = [
    (
      #"{"exc_type": "ValueError", "exc_message": ["bad", 3, "<class 'object'>"], "exc_module": "builtins"}"#,
      RemoteException(type: "ValueError", arguments: ["bad", 3, "<class 'object'>"])
    ),
    (
      #"{"exc_type": "ValueError", "exc_message": "scalar", "exc_module": "builtins"}"#,
      RemoteException(type: "ValueError", arguments: ["scalar"])
    ),
    (
      #"{"exc_type": "Own", "exc_message": ["a"], "exc_module": "no.such"}"#,
      RemoteException(type: "Own", module: "no.such", arguments: ["a"])
    ),
    (#"{"exc_type": "Own"}"#, RemoteException(type: "Own", module: nil, arguments: [""])),
    (
      #"{"exc_type": "system", "exc_message": "rm", "exc_module": "os"}"#,
      RemoteException(type: "system", module: "os", arguments: ["rm"])
    ),
    ("{}", nil),
    ("null", nil),
  ]

  @Test(arguments: readings)
  func `a stored exception is read as Celery reads it`(text: String, exception: RemoteException?) throws {
    #expect(try RemoteException(celeryValue: PythonJSON.decode(text)) == exception)
  }

  @Test(arguments: [#"{"exc_message": "secret"}"#, #""secret""#, #"{"exc_type": 5}"#])
  func `what is no exception is an error`(text: String) throws {
    let value = try PythonJSON.decode(text)
    let error = #expect(throws: ResultError.self) { try RemoteException(celeryValue: value) }
    #expect(error?.code == .malformedException)
    #expect(error?.description.contains("secret") == false)
  }

  @Test
  func `an exception is written as Celery writes it`() throws {
    let exception = RemoteException(type: "ValueError", arguments: ["bad", 3, "<class 'object'>"])
    #expect(
      try PythonJSON.encode(exception.celeryValue)
        == #"{"exc_type": "ValueError", "exc_message": ["bad", 3, "<class 'object'>"], "exc_module": "builtins"}"#
    )
    #expect(
      try PythonJSON.encode(RemoteException.taskRevoked(reason: "expired").celeryValue)
        == #"{"exc_type": "TaskRevokedError", "exc_message": ["expired"], "exc_module": "celery.exceptions"}"#
    )
  }

  @Test
  func `the description names the class, and only the debug description the arguments`() {
    let exception = RemoteException(type: "Inner.Error", module: "proj", arguments: ["secret", 1])
    #expect("\(exception)" == "proj.Inner.Error")
    #expect(String(reflecting: exception) == "proj.Inner.Error('secret', 1)")
    #expect("\(RemoteException(type: "ValueError", arguments: ["secret"]))" == "ValueError")
  }

  @Test
  func `an error's description holds no arguments and no traceback`() {
    let exception = RemoteException(type: "ValueError", arguments: ["secret"])
    let error = ResultError(
      .taskFailed,
      taskID: "7e3c",
      message: "it failed.",
      exception: exception,
      traceback: "secret"
    )
    #expect("\(error)" == "Task 7e3c: it failed.")
    #expect(String(reflecting: error).contains("ValueError('secret')"))
    let tooLong = ResultError.valueTooLong(column: "task_id", length: 300, limit: 255, taskID: "x")
    #expect("\(tooLong)" == "task_id has 300 characters, and the column holds 255. Nothing was stored.")
    #expect(tooLong.size == 300)
    #expect(tooLong.limit == 255)
    let tooLarge = ResultError.resultTooLarge(size: 20_000_000, limit: 16_777_216, taskID: "x")
    #expect("\(tooLarge)".contains("20000000"))
    #expect("\(tooLarge)".contains("16777216"))
  }
}
