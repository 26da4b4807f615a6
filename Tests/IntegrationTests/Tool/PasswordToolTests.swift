import Subprocess
import TestSupport
import Testing

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct PasswordToolTests {
  private func withUser(on server: TestServer, _ body: (ThrowawayDatabase, ToolUser) async throws -> Void)
    async throws
  {
    try await ThrowawayDatabase.withTables(on: server) { database in
      try await ToolUser.with(in: database) { user in try await body(database, user) }
    }
  }

  @Test(arguments: TestServer.oneOfEach, [true, false])
  func `The password of a URL is gone from the process list while the tool runs`(
    server: TestServer,
    isOneWord: Bool
  ) async throws {
    try await withUser(on: server) { database, user in
      let tool = Tool(url: nil)
      let url = isOneWord ? ["--url=" + user.url] : ["--url", user.url]
      let run = try await Subprocess.run(
        tool.configuration(["wait", "a", "--interval", "0.05", "--verbose"] + url),
        input: .none,
        output: .string(limit: 1 << 20),
        error: .string(limit: 1 << 20)
      ) { execution in
        let place = "/proc/\(execution.processIdentifier.value)/cmdline"
        func words() -> String { (try? String(contentsOfFile: place, encoding: .utf8)) ?? "" }
        let deadline = ContinuousClock.now + .seconds(60)
        while !words().contains(user.name + ":xxx") || user.isBetrayed(by: words()),
          ContinuousClock.now < deadline
        {
          try await Task.sleep(for: .milliseconds(2))
        }
        // It is connected and asks again and again: the password never comes back.
        for _ in 0..<50 {
          let words = words()
          #expect(!user.isBetrayed(by: words) && words.contains("\0wait\0a\0"))
          try await Task.sleep(for: .milliseconds(10))
        }
        try #require(try await Tool(database).run("store", "a", "--result", "42").code == 0)
      }
      #expect(run.terminationStatus == .exited(0))
      #expect(run.standardOutput.contains("result         42"))
      #expect(!user.isBetrayed(by: run.standardOutput + run.standardError))
      #expect(run.standardError.contains("opened a connection"))
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A password is never printed`(server: TestServer) async throws {
    try await withUser(on: server) { _, user in
      let wrong = user.url.replacing("@:", with: "@wrong:")
      let runs = [
        try await Tool(url: nil).run("list", "--verbose", "--url", user.url),
        try await Tool(url: user.url).run("list", "--verbose"),
        try await Tool(url: nil).run("list", "--verbose", "--url", wrong),
        try await Tool(url: nil).run("list", "--url", user.url + "_nosuch"),
        try await Tool(url: nil).run("list", user.url),
        try await Tool(url: nil).run("list", "--state=\(user.url)", "--format", user.url),
        try await Tool(url: nil).run("list", "--url", "redis" + user.url.dropFirst(5)),
        try await Tool(url: nil).run("list", "--url", user.url + "?nosuch=1"),
        try await Tool(url: nil).run("list", "--url", user.url.replacing("%2F", with: "/")),
        try await Tool(url: user.url.replacing("%25", with: "%")).run("list"),
        try await Tool(url: user.url).run(
          "migrate",
          "--url",
          user.url,
          environment: ["DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH": "abc"]
        ),
      ]
      #expect(runs.map(\.code) == [0, 0, 1, 1, 64, 64, 64, 64, 64, 1, 1])
      for run in runs { #expect(!user.isBetrayed(by: run.output + run.errors), "\(run.errors)") }
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A password comes from a URL, a file, standard input or the environment`(server: TestServer)
    async throws
  {
    try await withUser(on: server) { _, user in
      let tool = Tool(url: user.urlWithoutPassword)
      #expect(try await tool.run("list").code == 1)
      #expect(try await Tool(url: user.url).run("list").code == 0)
      #expect(try await Tool(url: "mysql://wrong@h/d").run("list", "--url", user.url).code == 0)

      for ending in ["", "\n", "\r\n", "\nsecond line\n"] {
        let file = try TemporaryFile(user.password + ending)
        defer { file.remove() }
        #expect(try await tool.run("list", "--password-file", file.path).code == 0)
        #expect(try await tool.run("list", "--password-file", "-", input: user.password + ending).code == 0)
      }
      #expect(try await tool.run("list", environment: ["MYSQL_PWD": user.password]).code == 0)
      #expect(try await tool.run("list", environment: ["MYSQL_PWD": "wrong"]).code == 1)
      // What is said on the command line, or in the URL, wins over the environment.
      let file = try TemporaryFile(user.password)
      defer { file.remove() }
      #expect(
        try await tool.run("list", "--password-file", file.path, environment: ["MYSQL_PWD": "wrong"]).code
          == 0
      )
      #expect(try await Tool(url: user.url).run("list", environment: ["MYSQL_PWD": "wrong"]).code == 0)
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A password file that cannot be used is refused by name`(server: TestServer) async throws {
    try await withUser(on: server) { _, user in
      let tool = Tool(url: user.urlWithoutPassword)
      let empty = try TemporaryFile("")
      defer { empty.remove() }
      for (path, reason) in [
        (
          "/nowhere/password", "the password file /nowhere/password cannot be read: No such file or directory"
        ),
        ("/", "the password file / cannot be read: Is a directory"),
        (empty.path, "the password file \(empty.path) is empty"), ("-", "no password came on standard input"),
      ] {
        let run = try await tool.run("list", "--password-file", path)
        #expect(run.code == 1)
        #expect(run.errors == "celery-results: \(reason)\n")
      }
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Option files are read: both groups, the user's own and the one that is named`(server: TestServer)
    async throws
  {
    try await withUser(on: server) { _, user in
      let (host, port, database) = user.hostPortAndDatabase
      let folder = FileManager.default.temporaryDirectory.appending(path: "home-\(UUID())")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let text = """
        [client]
        host=\(host)
        port=\(port)
        user=nosuch
        [celery-results]
        user=\(user.name)
        password="\(user.password)"

        """
      let path = folder.appending(path: ".my.cnf").path
      try Data(text.utf8).write(to: folder.appending(path: ".my.cnf"))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)

      let tool = Tool(url: "mysql:///\(database)")
      let named = try await tool.run("list", "--defaults-file", path)
      #expect(named.code == 0, "\(named.errors)")
      let own = try await tool.run("list", environment: ["HOME": folder.path])
      #expect(own.code == 0, "\(own.errors)")
      // As with every MySQL client, the environment is the last that is asked for a password.
      #expect(try await tool.run("list", environment: ["HOME": folder.path, "MYSQL_PWD": "wrong"]).code == 0)
      #expect(
        try await tool.run("list", "--defaults-file", path, environment: ["MYSQL_PWD": "wrong"]).code == 0
      )
      // What the URL says wins.
      let wrong = try await Tool(url: "mysql://nosuch:wrong@\(host):\(port)/\(database)").run(
        "list",
        "--defaults-file",
        path
      )
      #expect(wrong.code == 1)
      let missing = try await tool.run("list", "--defaults-file", "/nowhere/my.cnf")
      #expect(missing.code == 1)
      #expect(missing.errors.contains("the file /nowhere/my.cnf of --defaults-file cannot be read"))
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A file of settings says what the environment does not`(server: TestServer) async throws {
    try await withUser(on: server) { _, user in
      let file = try TemporaryFile(
        "# settings\nCELERY_RESULT_BACKEND=\(user.urlWithoutPassword)\nMYSQL_PWD=\(user.password)\n",
        suffix: ".env"
      )
      defer { file.remove() }
      #expect(try await Tool(url: nil).run("list", "--env-file", file.path).code == 0)
      #expect(try await Tool(url: "").run("list", "--env-file", file.path).code == 0)
      #expect(try await Tool(url: "redis://x").run("list", "--env-file", file.path).code == 1)
      #expect(try await Tool(url: nil).run("list", "--env-file", "/nowhere/at.env").code == 1)
    }
  }
}
