import TestSupport
import Testing

/// Holds what the rules say beforehand to what servers do.
@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .serialized, .fewAtATime)
struct PredictionTests {
  @Test(arguments: PredictionCase.all)
  func `What a server does with every table is what the rules said`(item: PredictionCase) async throws {
    let tally = try await item.measure()
    let mismatches = tally.mismatches.count
    print("prediction: \(item): \(tally.tables) tables, \(mismatches) mismatches")
    #expect(tally.tables > 2000)
    #expect(mismatches == 0, tally.comment)
  }
}
