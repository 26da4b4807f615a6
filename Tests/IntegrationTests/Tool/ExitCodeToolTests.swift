import MariaDBClient
import Subprocess
import SystemPackage
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct ExitCodeToolTests {
  @Test func `Without a server that answers the code is 69`() async throws {
    // Nobody listens on port 1.
    for url in [
      "mysql://u:p@127.0.0.1:1/d", "mysql://u:p@nosuch.invalid/d", "mysql://u@h/d?unix_socket=/nowhere.sock",
    ] {
      for command in [
        ["get", "a"], ["store", "a"], ["list"], ["wait", "a"], ["forget", "a"], ["cleanup"], ["migrate"],
      ] {
        let run = try await Tool(url: url).run(command)
        #expect(run.code == 69)
        #expect(run.output == "")
        #expect(run.errors.hasPrefix("celery-results: cannot connect to the server at "))
      }
    }
  }

  @Test func `Wrong usage has the code 64 and goes to standard error`() async throws {
    for arguments in [
      ["get"], ["nosuch"], ["get", "a", "--nosuch"], ["list", "--limit", "x"], ["get", "a"],
    ] {
      let run = try await Tool(url: nil).run(arguments)
      #expect(run.code == 64)
      #expect(run.output == "")
      #expect(run.errors != "")
    }
  }

  @Test func `Help and version go to standard output and have the code 0`() async throws {
    let commands = ["migrate", "store", "get", "wait", "list", "forget", "cleanup"]
    for arguments in [[], ["--help"], ["help"]] + commands.flatMap({ [[$0, "--help"], ["help", $0]] }) {
      let run = try await Tool(url: nil).run(arguments)
      #expect(run.code == 0)
      #expect(run.errors == "")
      #expect(run.output.contains("\nEXAMPLES:\n"))
    }
    let version = try await Tool(url: nil).run("--version")
    #expect(version.code == 0)
    #expect(version.output.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
  }

  @Test(arguments: [
    ("redis://:secret@localhost/0", "redis://"), ("db+postgresql://u:secret@h/d", "db+postgresql://"),
    ("django-db", "DATABASES['default']"),
  ])
  func `Another kind of backend is refused with what to set`(url: String, part: String) async throws {
    let run = try await Tool(url: url).run("list")
    #expect(run.code == 1)
    #expect(run.errors.contains(part))
    #expect(run.errors.contains("set CELERY_RESULT_BACKEND=mysql://user:password@host:port/database"))
    #expect(!run.errors.contains("secret"))
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A wrong password and an unknown database have the code 1 and say what to do`(server: TestServer)
    async throws
  {
    let wrong = try await Tool(url: server.url.replacing(":celery@", with: ":wrong@")).run("list")
    #expect(wrong.code == 1)
    #expect(wrong.errors.contains("refuses the user or the password"))
    let unknown = try await Tool(url: server.url + "_no-such").run("migrate")
    #expect(unknown.code == 1)
    #expect(
      unknown.errors.contains("Make it first: CREATE DATABASE `celery_no-such` CHARACTER SET utf8mb4\n")
    )
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A database without the tables has the code 1`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      for command in [
        ["get", "a"], ["store", "a"], ["list"], ["wait", "a"], ["forget", "a"], ["cleanup"],
      ] {
        let run = try await Tool(database).run(command)
        #expect(run.code == 1)
        #expect(run.errors.contains("celery-results migrate"), "\(command) \(run.errors)")
      }
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A disk that is full is an error`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let full = try FileDescriptor.open("/dev/full", .writeOnly)
      let run = try await Subprocess.run(
        Tool(database).configuration(["list"]),
        input: .none,
        output: .fileDescriptor(full, closeAfterSpawningProcess: true),
        error: .string(limit: 1 << 20)
      )
      #expect(run.terminationStatus == .exited(1))
      #expect(
        run.standardError == "celery-results: standard output cannot be written: No space left on device\n"
      )
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `A reader that goes away ends the tool without a message`(server: TestServer) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let (reader, writer) = try FileDescriptor.pipe()
      try reader.close()
      let run = try await Subprocess.run(
        Tool(database).configuration(["list"]),
        input: .none,
        output: .fileDescriptor(writer, closeAfterSpawningProcess: true),
        error: .string(limit: 1 << 20)
      )
      // SIGPIPE, as with other tools.
      #expect(run.terminationStatus == .signaled(13))
      #expect(run.standardError == "")
    }
  }
}
