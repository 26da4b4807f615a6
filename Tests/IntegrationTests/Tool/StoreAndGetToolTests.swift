import ResultSchema
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct StoreAndGetToolTests {
  @Test(arguments: TestServer.oneOfEach)
  func `What is stored is shown, readably and as JSON`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      let stored = try await tool.run("store", "a", "--result", #"{"total": 42, "text": "Grüße, 世界 🎉"}"#)
      #expect(stored.code == 0)
      #expect(stored.output == "" && stored.errors == "")

      let text = try await tool.run("get", "a")
      #expect(text.code == 0)
      #expect(text.errors == "")
      #expect(text.output.contains("task id        a\nstate          SUCCESS\n"))
      #expect(text.output.contains("                 \"total\": 42,\n"))
      #expect(text.output.contains("\"text\": \"Grüße, 世界 🎉\""))

      let json = try await tool.run("get", "a", "--format", "json")
      #expect(json.code == 0)
      // One line, in ASCII, as Python's json.dumps writes it.
      #expect(json.output.utf8.filter { $0 == UInt8(ascii: "\n") }.count == 1)
      #expect(json.output.utf8.allSatisfy { $0 < 0x80 })
      let object = try json.json()
      #expect(
        Set(object.keys) == [
          "task_id", "status", "result", "traceback", "children", "date_done", "task_name", "task_args",
          "task_kwargs", "worker", "args", "kwargs", "periodic_task_name", "date_created", "date_started",
          "content_type", "content_encoding",
        ]
      )
      #expect(object["task_id"] as? String == "a")
      #expect(object["status"] as? String == "SUCCESS")
      let result = try #require(object["result"] as? [String: Any])
      #expect(result["total"] as? Int == 42)
      #expect(result["text"] as? String == "Grüße, 世界 🎉")
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `An exception has its class, arguments and traceback`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      let traceback = "Traceback (most recent call last):\n  File \"t.py\", line 1, in f\nValueError: bad 🎉"
      try await tool.run(
        "store",
        "a",
        "--state",
        "FAILURE",
        "--exception",
        "shop.errors.Refused",
        "--message",
        "bad",
        "--message",
        "worse",
        "--traceback",
        traceback
      )
      let object = try await tool.run("get", "a", "--format", "json").json()
      let result = try #require(object["result"] as? [String: Any])
      #expect(object["status"] as? String == "FAILURE")
      #expect(result["exc_type"] as? String == "Refused")
      #expect(result["exc_module"] as? String == "shop.errors")
      #expect(result["exc_message"] as? [String] == ["bad", "worse"])
      #expect(object["traceback"] as? String == traceback)

      let text = try await tool.run("get", "a")
      #expect(text.output.contains("exception      shop.errors.Refused(bad, worse)\n"))
      for line in traceback.split(separator: "\n") { #expect(text.output.contains(line)) }

      // Without a state an exception is a failure, and without a module it is one of Python's own.
      try await tool.run("store", "b", "--exception", "ValueError")
      let other = try await tool.run("get", "b", "--format", "json").json()
      #expect(other["status"] as? String == "FAILURE")
      #expect((other["result"] as? [String: Any])?["exc_module"] as? String == "builtins")
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A revoked task has the exception that Celery stores`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      try await tool.run("store", "a", "--state", "REVOKED")
      let result = try await tool.run("get", "a", "--format", "json").json()["result"] as? [String: Any]
      #expect(result?["exc_type"] as? String == "TaskRevokedError")
      #expect(result?["exc_module"] as? String == "celery.exceptions")
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `The extended fields are stored under their names`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      let stored = try await tool.run(
        "store",
        "a",
        "--result",
        "1",
        "--task-name",
        "shop.charge",
        "--task-args",
        "(2,)",
        "--task-kwargs",
        "{'card': 'x'}",
        "--worker",
        "celery@host",
        "--periodic-task-name",
        "nightly",
        "--child",
        "c1",
        "--child",
        "c2"
      )
      #expect(stored.code == 0)
      let object = try await tool.run("get", "a", "--format", "json").json()
      #expect(object["task_name"] as? String == "shop.charge")
      #expect(object["task_args"] as? String == "(2,)")
      #expect(object["task_kwargs"] as? String == "{'card': 'x'}")
      #expect(object["worker"] as? String == "celery@host")
      #expect((object["children"] as? [Any])?.count == 2)
      let text = try await tool.run("get", "a").output
      #expect(text.contains("name           shop.charge\n"))
      #expect(text.contains("periodic task  nightly\n"))
      #expect(text.contains("children       c1\n               c2\n"))
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `CELERY_RESULT_EXTENDED must be true or false`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      for (value, code) in [("true", 0), ("0", 0), ("maybe", 1)] as [(String, Int32)] {
        let run = try await tool.run("store", "a", environment: ["CELERY_RESULT_EXTENDED": value])
        #expect(run.code == code)
        #expect(run.errors.contains("CELERY_RESULT_EXTENDED=\(value)") == (code == 1))
      }
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A result of some megabytes comes from standard input`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      let text = String(repeating: "0123456789abcdé🎉\n", count: 200_000)
      let json = "[\"" + text.split(separator: "\n").joined(separator: "\",\n\"") + "\"]"
      #expect(json.utf8.count > 4_000_000)
      let stored = try await tool.run("store", "a", "--result", "-", input: json)
      #expect(stored.code == 0, "\(stored.errors)")
      let object = try await tool.run("get", "a", "--format", "json").json()
      #expect((object["result"] as? [String])?.joined(separator: "\n") == String(text.dropLast()))
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Standard input that cannot be stored is refused`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      let empty = try await tool.run("store", "a", "--result", "-")
      #expect(empty.code == 1)
      #expect(empty.errors == "celery-results: nothing came on standard input\n")
      let wrong = try await tool.run("store", "a", "--result", "-", input: "secret value")
      #expect(wrong.code == 64)
      #expect(wrong.errors.contains("--result cannot be read as JSON"))
      #expect(!wrong.errors.contains("secret"))
      #expect(try await tool.run("get", "a").code == 3)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A task about which nothing is stored ends with 3 and an empty output`(server: TestServer) async throws
  {
    try await ThrowawayDatabase.withTables(on: server) { database in
      for format in ["text", "json"] {
        let run = try await Tool(database).run("get", "nosuch", "--format", format)
        #expect(run.code == 3)
        #expect(run.output == "")
        #expect(run.errors == "celery-results: nothing is stored about task nosuch\n")
      }
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `What is stored cannot command the terminal`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      let evil = "\u{1B}]0;owned\u{07}\u{1B}[2J\u{9B}31m\r\u{202E}\u{7F}"
      try await tool.run(
        "store",
        evil,
        "--state",
        "RETRY",
        "--exception",
        "m\(evil).T\(evil)",
        "--message",
        evil,
        "--traceback",
        evil,
        "--task-name",
        evil,
        "--task-args",
        evil,
        "--task-kwargs",
        evil,
        "--worker",
        evil,
        "--periodic-task-name",
        evil,
        "--child",
        evil
      )
      try await tool.run(
        "store",
        "custom",
        "--state",
        "S\(evil)",
        "--result",
        "\"\\u001b[2J\\u009b31m\\u202e\""
      )
      let runs = [
        try await tool.run("get", evil), try await tool.run("get", "custom"), try await tool.run("list"),
        try await tool.run("get", "unknown\(evil)"),
        try await tool.run("wait", "unknown\(evil)", "--timeout", "0"),
        try await tool.run("get", evil, "--format", "json"), try await tool.run("get", "--format", evil, "x"),
      ]
      #expect(runs.map(\.code) == [0, 0, 0, 3, 3, 0, 64])
      for run in runs {
        let scalars = (run.output + run.errors).unicodeScalars
        #expect(scalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
        #expect(!scalars.contains("\u{202E}"))
      }
      #expect(runs[0].output.contains("m\\u{1b}]0;owned"))
      #expect(try await tool.run("forget", evil).code == 0)
      #expect(try await tool.run("get", evil).code == 3)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Forgetting deletes all that are named, and does not mind those that are not there`(server: TestServer)
    async throws
  {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      for id in ["a", "b", "c"] { try await tool.run("store", id) }
      let run = try await tool.run("forget", "a", "nosuch", "b")
      #expect(run.code == 0 && run.output == "" && run.errors == "")
      #expect(try await tool.run("get", "a").code == 3)
      #expect(try await tool.run("get", "b").code == 3)
      #expect(try await tool.run("get", "c").code == 0)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `An id that is too long is refused with both lengths`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server, taskIDMaxLength: .length(191)) { database in
      let run = try await Tool(database).run("store", String(repeating: "x", count: 192))
      #expect(run.code == 1)
      #expect(run.errors.contains("task_id has 192 characters, and the column holds 191"))
    }
  }
}
