import MariaDBClient
import ResultSchema
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct DoctorToolTests {
  private static let task = CeleryTables.taskResultName

  @Test(arguments: TestServer.all)
  func `Fresh tables end with exit code 0, in text and in JSON`(server: TestServer) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      let tool = Tool(database)
      #expect(try await tool.run("doctor").code == 1)
      #expect(try await tool.run("migrate").code == 0)
      let run = try await tool.run("doctor")
      #expect(run.code == 0 && run.errors == "")
      #expect(run.output.hasSuffix("\n0 faults, 5 remarks\n"))
      let json = try await tool.run("doctor", "--format", "json").json()
      #expect(json["faults"] as? Int == 0)
      #expect((json["findings"] as? [[String: Any]])?.count == 5)
    }
  }

  @Test
  func `What is safe is mended and the rest is listed, until nothing is left`() async throws {
    try await ThrowawayDatabase.withTables(on: .mariadb1011) { database in
      let tool = Tool(database)
      for change in ["DROP INDEX django_cele_status_9b6201_idx", "MODIFY result text"] {
        try await database.client.query("ALTER TABLE \(identifier: Self.task) \(unescaped: change)")
      }
      let before = try await tool.run("doctor")
      #expect(before.code == 1)
      #expect(
        before.output.contains("fault: \(Self.task).result: the type is text, and should be longtext\n")
      )
      #expect(before.output.contains("ADD KEY `django_cele_status_9b6201_idx` (`status`);\n"))
      #expect(before.output.hasSuffix("\n2 faults, 5 remarks\n"))
      let fixed = try await tool.run("doctor", "--fix")
      #expect(fixed.code == 1)
      #expect(fixed.output.contains("mended: \(Self.task).status: the index "))
      #expect(fixed.output.hasSuffix("\n1 fault, 5 remarks\n"))
      let json = try await tool.run("doctor", "--format", "json")
      #expect(json.code == 1)
      let findings = try #require(try json.json()["findings"] as? [[String: Any]])
      let statements = findings.filter { $0["severity"] as? String == "fault" }
        .flatMap { $0["sql"] as? [String] ?? [] }
      #expect(statements.count == 1)
      for statement in statements { try await database.client.query("\(unescaped: statement)") }
      #expect(try await tool.run("doctor").code == 0)
    }
  }

  @Test
  func `Without a server the exit code is 69`() async throws {
    let run = try await Tool(url: "mysql://celery@127.0.0.1:1/celery").run("doctor")
    #expect(run.code == 69)
    #expect(run.output == "")
  }
}
