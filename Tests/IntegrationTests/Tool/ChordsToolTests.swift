import CeleryResults
import CeleryResultsMariaDB
import Foundation
import MariaDBClient
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct ChordsToolTests {
  private func makeChord(_ name: String, stored: Int, _ backend: DatabaseBackend) async throws {
    let parts = (0..<3).map { TaskID("\(name)-\($0)") }
    let body = ChordBody(task: "shop.total", id: TaskID("body-of-\(name)"), args: ["secret"])
    try await backend.applyChord(of: TaskID(name), parts: parts, body: body)
    for part in parts.prefix(stored) { try await backend.markAsDone(part, result: 1) }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Chords are listed with their state, and bodies only when they are asked for`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let (tool, backend) = (Tool(database), database.backend())
      #expect(try await tool.run("chords").output == "No chord is open.\n")
      try await makeChord("open", stored: 2, backend)
      try await makeChord("complete", stored: 3, backend)
      try await makeChord("claimed", stored: 3, backend)
      try await makeChord("expired", stored: 3, backend)
      try await makeChord("closed", stored: 3, backend)
      _ = try await backend.onChordPartReturn("claimed-0", of: "claimed", state: .success)
      _ = try await backend.onChordPartReturn("expired-0", of: "expired", state: .success, lease: .zero)
      try await backend.onChordPartReturn("closed-0", of: "closed", state: .success)?.close()

      let list = try await tool.run("chords")
      #expect(list.code == 0, "\(list.errors)")
      for line in [
        "open      open ", "complete  complete, unclaimed ", "claimed   claimed until ",
        "expired   lease expired ",
      ] {
        #expect(list.output.contains("\n\(line)"), "\(list.output)")
      }
      #expect(list.output.contains("2/3    shop.total  body-of-open "))
      #expect(!list.output.contains("closed "))
      #expect(!list.output.contains("secret"))

      let json = try await tool.run("chords", "--format", "json", "--limit", "3").json()
      let chords = try #require(json["chords"] as? [[String: Any]])
      #expect(chords.map { $0["group_id"] as? String } == ["open", "complete", "claimed"])
      #expect(chords.map { $0["ready"] as? Int } == [2, 3, 3])
      #expect(chords.allSatisfy { $0["body"] == nil })
      let next = try #require(json["next"] as? String)
      let rest = try await tool.run("chords", "--format", "json", "--after", next).json()
      #expect((rest["chords"] as? [Any])?.count == 1)

      let bodies = try await tool.run("chords", "--bodies").output.split(separator: "\n").map { line in
        try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      }
      #expect(bodies.map { $0["group_id"] as? String } == ["complete", "expired"])
      let body = try #require(bodies.first?["body"] as? [String: Any])
      #expect(body["args"] as? [String] == ["secret"])
      #expect((body["options"] as? [String: Any])?["task_id"] as? String == "body-of-complete")
      // Nothing was changed by looking.
      #expect(try await backend.claimCompletedChords().map(\.group) == ["complete", "expired"])
      await backend.shutDown()
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Migrating makes the table of chords where it alone is missing, and leaves it out when told to`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let tool = Tool(database)
      try await database.client.query("DROP TABLE celery_results_chord")
      let left = try await tool.run("migrate", "--no-chord-table")
      #expect(left.output.hasPrefix("Nothing to do"))
      #expect(
        try await tool.run("migrate", "--sql").output.hasPrefix("CREATE TABLE `celery_results_chord` (")
      )
      #expect(try await tool.run("migrate").output.hasPrefix("made celery_results_chord\n"))
      #expect(try await tool.run("migrate").output.hasPrefix("Nothing to do"))
      #expect(try await tool.run("doctor").code == 0)
      #expect(try await tool.run("check").output.contains("\ncelery_results_chord  "))
    }
  }
}
