import CeleryResults
import CeleryResultsMariaDB
import Foundation
import MariaDBClient
import TestSupport
import Testing

/// Many chords, whose parts several processes deliver, some of them twice, while the processes are killed.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .serialized, .fewAtATime)
struct ChordProofTests {
  private static let isFull = ProcessInfo.processInfo.environment["CELERY_RESULTS_TEST_FULL"] == "yes"
  private static let chords = isFull ? 2_000 : 100
  private static let processes = 4
  /// So many chords are under way at a time: workers are killed also while chords are completed.
  private static let wave = 50
  /// How often each of the processes is killed in a wave, at most, before it is let live.
  private static let kills = 2
  private static let lease = "2000"

  @Test(arguments: TestServer.oneOfEach)
  func `Each chord is completed, claimed and closed once, though parts come twice and workers are killed`(
    server: TestServer
  ) async throws {
    try await ThrowawayDatabase.withTables(on: server) { database in
      let log = ChordLog(database: database)
      try await log.makeTables()
      try await makeChords(database)
      var (deliveries, killed) = (0, 0)
      for start in stride(from: 0, to: Self.chords, by: Self.wave) {
        deliveries += try await send(start..<start + Self.wave, database)
        killed += try await deliver(database)
      }
      let left = try await log.count("SELECT COUNT(*) FROM celery_results_chord WHERE date_closed IS NULL")
      try await withThrowingTaskGroup(of: Void.self) { sweepers in
        for _ in 0..<2 {
          sweepers.addTask {
            let run = try await Tool(url: database.url, name: "ChordDriver").run("sweep", Self.lease)
            #expect(run.code == 0, "\(run.errors)")
          }
        }
        try await sweepers.waitForAll()
      }
      let result = try await log.result()
      print(
        "chords: \(server.name): \(Self.chords) chords, \(deliveries) deliveries, \(killed) processes killed, "
          + "\(left) left by them; \(result)"
      )
      #expect(result.firstClaims == Self.chords)
      #expect(result.closes == Self.chords)
      #expect(result.openChords == 0)
      #expect(result.counters == 0)
      #expect(result.bodies == Self.chords)
      #expect(result.wrongValues == 0)
      // Every body was sent by whoever closed its chord, and a claim was taken over only after its lease.
      #expect(result.closesWithoutSend == 0)
      #expect(result.earlyClaims == 0)
      #expect(killed > 0)
      #expect(result.claims > Self.chords)
      // A completion is sent again only where whoever sent it first did not live to close it.
      #expect(result.sends - Self.chords <= result.claims - Self.chords)
    }
  }

  private func makeChords(_ database: ThrowawayDatabase) async throws {
    let backend = database.backend()
    let groups = (0..<Self.chords).map { "group-\($0)" }
    try await withThrowingTaskGroup(of: Void.self) { callers in
      for caller in 0..<8 {
        callers.addTask {
          for position in stride(from: caller, to: groups.count, by: 8) {
            let group = groups[position]
            let parts = (0..<10).map { TaskID("\(group)-\($0)") }
            let body = ChordBody(task: "shop.total", id: TaskID("body-of-\(group)"))
            try await backend.applyChord(of: TaskID(group), parts: parts, body: body)
          }
        }
      }
      try await callers.waitForAll()
    }
    await backend.shutDown()
  }

  /// Puts the parts of some chords before the processes, some parts twice; returns how many messages these are.
  private func send(_ chords: Range<Int>, _ database: ThrowawayDatabase) async throws -> Int {
    var deliveries: [String] = []
    for group in chords.map({ "group-\($0)" }) {
      for number in 0..<10 {
        for _ in 0..<(Int.random(in: 0..<3) == 0 ? 2 : 1) {
          let shard = Int.random(in: 0..<Self.processes)
          deliveries.append("('\(group)', '\(group)-\(number)', \(number), \(shard))")
        }
      }
    }
    let rows = deliveries.joined(separator: ", ")
    try await database.client.query(
      "INSERT INTO chord_test_delivery (group_id, part_id, number, shard) VALUES \(unescaped: rows)"
    )
    return deliveries.count
  }

  /// Delivers all parts; what a process that was killed has not acknowledged is delivered again by the next.
  private func deliver(_ database: ThrowawayDatabase) async throws -> Int {
    try await withThrowingTaskGroup(of: Int.self) { shards in
      for shard in 0..<Self.processes {
        shards.addTask {
          let driver = Tool(url: database.url, name: "ChordDriver")
          var killed = 0
          while true {
            // At a random moment, or between two steps of a worker.
            var lifetime = Bool.random() ? Int.random(in: 100...1_500) : 10_000_000
            if killed >= Self.kills { lifetime = 0 }
            // One claimer at least is killed between sending and closing.
            if shard == 0, killed == 0 { lifetime = -1 }
            let run = try await driver.run("deliver", "\(shard)", Self.lease, "\(lifetime)")
            if let code = run.code {
              #expect(code == 0, "\(run.errors)")
              return killed
            }
            killed += 1
          }
        }
      }
      return try await shards.reduce(0, +)
    }
  }
}
