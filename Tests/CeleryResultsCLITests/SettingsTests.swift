import ArgumentParser
import CeleryResults
import ResultSchema
import Testing

@testable import CeleryResultsCLI

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite struct SettingsTests {
  private static func settings(
    _ arguments: [String] = [],
    environment: [String: String] = [:],
    file: String? = nil
  ) async throws -> Settings {
    guard let file else {
      return try await ConnectionOptions.parse(arguments).settings(environment: environment)
    }
    let place = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).env")
    try Data(file.utf8).write(to: place)
    defer { try? FileManager.default.removeItem(at: place) }
    return try await ConnectionOptions.parse(arguments + ["--env-file", place.path]).settings(
      environment: environment
    )
  }

  @Test
  func `A flag wins over the environment, and this over the file`() async throws {
    let environment = ["CELERY_RESULT_BACKEND": "mysql://environment/d"]
    let file = "# a comment\nCELERY_RESULT_BACKEND=mysql://file/d\n"
    let all = try await Self.settings(["--url", "mysql://flag/d"], environment: environment, file: file)
    #expect(all.resultBackend == "mysql://flag/d")
    let withoutFlag = try await Self.settings(environment: environment, file: file)
    #expect(withoutFlag.resultBackend == "mysql://environment/d")
    let fileAlone = try await Self.settings(file: file)
    #expect(fileAlone.resultBackend == "mysql://file/d")
    let nothing = try await Self.settings()
    #expect(nothing.resultBackend == nil)
  }

  @Test
  func `An empty variable counts as not set, and the file is asked`() async throws {
    let environment = ["CELERY_RESULT_BACKEND": "", "CELERY_RESULT_EXTENDED": "", "MYSQL_PWD": ""]
    let empty = try await Self.settings(environment: environment)
    #expect(empty.resultBackend == nil)
    #expect(try empty.resultExtended() == false)
    #expect(empty.password == nil)
    let file = "CELERY_RESULT_BACKEND=mysql://file/d\nCELERY_RESULT_EXTENDED=1\nMYSQL_PWD=a=b\n"
    let filled = try await Self.settings(environment: environment, file: file)
    #expect(filled.resultBackend == "mysql://file/d")
    #expect(try filled.resultExtended() == true)
    #expect(filled.password == "a=b")
  }

  @Test
  func `What nobody sets has Celery's defaults`() async throws {
    let settings = try await Self.settings()
    #expect(try settings.resultExtended() == false)
    #expect(try settings.resultExpires() == .seconds(86_400))
    #expect(try settings.taskIDMaxLength() == .standard)
    #expect(settings.password == nil)
  }

  @Test(arguments: [
    ("1", true), ("True", true), ("yes", true), ("ON", true), ("0", false), ("False", false), ("no", false),
    ("off", false),
  ])
  func `Yes and no have their usual spellings`(value: String, isExtended: Bool) async throws {
    let settings = try await Self.settings(environment: ["CELERY_RESULT_EXTENDED": value])
    #expect(try settings.resultExtended() == isExtended)
  }

  @Test(
    arguments: [("3600", Duration.seconds(3_600)), ("2d", .seconds(172_800)), ("0", nil)]
      as [(String, Duration?)]
  )
  func `When results expire is a number of seconds or an age, 0 for never`(value: String, age: Duration?)
    async throws
  {
    let settings = try await Self.settings(environment: ["CELERY_RESULT_EXPIRES": value])
    #expect(try settings.resultExpires() == age)
  }

  @Test
  func `A value that makes no sense is refused with its variable`() async throws {
    let settings = try await Self.settings(environment: [
      "CELERY_RESULT_EXTENDED": "maybe", "CELERY_RESULT_EXPIRES": "soon",
      "DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH": "abc",
    ])
    let extended = try #require(throws: ToolError.self) { try settings.resultExtended() }
    #expect(extended.message == "CELERY_RESULT_EXTENDED=maybe is neither true nor false")
    let expires = try #require(throws: ToolError.self) { try settings.resultExpires() }
    #expect(expires.message == "CELERY_RESULT_EXPIRES=soon is not a number of seconds")
    let length = try #require(throws: TaskIDMaxLengthError.self) { try settings.taskIDMaxLength() }
    #expect("\(length)".hasPrefix("DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=abc "))
  }

  @Test(
    arguments: [
      ([], nil, false), ([], "true", true), ([], "0", false), (["--follow-binary-log"], nil, true),
      (["--follow-binary-log"], "false", true), (["--no-follow-binary-log"], "true", false),
    ] as [([String], String?, Bool)]
  )
  func `The binary log is followed where the flag says so, and without one where the variable does`(
    arguments: [String],
    value: String?,
    follows: Bool
  ) async throws {
    let variable = "CELERY_RESULTS_FOLLOW_BINARY_LOG"
    let settings = try await Self.settings(environment: value.map { [variable: $0] } ?? [:])
    #expect(try WaitingOptions.parse(arguments).followsBinaryLog(settings) == follows)
    let wrong = try await Self.settings(environment: [variable: "often"])
    let error = try #require(throws: ToolError.self) { try wrong.followsBinaryLog() }
    #expect(error.message == "\(variable)=often is neither true nor false")
  }

  @Test
  func `A file of settings that is not there is named`() async throws {
    let options = try ConnectionOptions.parse(["--env-file", "/nowhere/at.env"])
    let error = await #expect(throws: ToolError.self) { try await options.settings(environment: [:]) }
    #expect(error?.message.contains("/nowhere/at.env") == true)
  }

  @Test
  func `A printed command says how to reach the server, without the password`() throws {
    let url = try ConnectionOptions.parse(["--url", "mysql://u:p'w@h/d?ssl-mode=REQUIRED"])
    #expect(url.words() == ["--url", "'mysql://u@h/d?ssl-mode=REQUIRED'", "--password-file", "-"])
    let file = try ConnectionOptions.parse(["--defaults-file", "my files/a.cnf", "--url=mysql:///d"])
    #expect(file.words() == ["--url", "mysql:///d", "--defaults-file", "'my files/a.cnf'"])
    #expect(try ConnectionOptions.parse([]).words() == [])
  }

  @Test
  func `A command without a server is wrong usage that says what to set`() async throws {
    let options = try ConnectionOptions.parse([])
    let settings = try await options.settings(environment: [:])
    let error = try #require(throws: ToolError.self) { try options.connection(settings) }
    #expect(error.code == .validationFailure)
    #expect(error.message.contains("set CELERY_RESULT_BACKEND=mysql://"))
  }

  @Test
  func `The tool tries again only when it is asked to, under Celery's names`() async throws {
    #expect(try await Self.settings().retryPolicy() == .none)
    let always = "CELERY_RESULT_BACKEND_ALWAYS_RETRY"
    #expect(try await Self.settings(environment: [always: "true"]).retryPolicy() == RetryPolicy())
    let numbers = [
      always: "1", "CELERY_RESULT_BACKEND_MAX_RETRIES": "5",
      "CELERY_RESULT_BACKEND_BASE_SLEEP_BETWEEN_RETRIES_MS": "20",
      "CELERY_RESULT_BACKEND_MAX_SLEEP_BETWEEN_RETRIES_MS": "900",
    ]
    #expect(
      try await Self.settings(environment: numbers).retryPolicy()
        == RetryPolicy(
          maxRetries: 5,
          baseSleepBetweenRetries: .milliseconds(20),
          maxSleepBetweenRetries: .milliseconds(900)
        )
    )
    let wrong = try await Self.settings(environment: [
      always: "1", "CELERY_RESULT_BACKEND_MAX_RETRIES": "few",
    ])
    #expect(throws: ToolError.self) { try wrong.retryPolicy() }
  }
}
