import CeleryResults
import Testing

@testable import CeleryResultsMariaDB

@Suite struct TableColumnsTests {
  let columns = TableColumns([
    .init(name: "task_id", maximumLength: 3),
    .init(name: "status", maximumLength: 50),
    .init(name: "result", maximumLength: nil),
  ])

  @Test(arguments: ["abc", "ééé", "🎉🎉🎉"])
  func `Characters are counted, not bytes`(id: String) throws {
    try columns.check(EncodedTaskResult(id: TaskID(id), state: .success))
  }

  @Test func `One character too many is refused with both numbers`() {
    let error = #expect(throws: ResultError.self) {
      try columns.check(EncodedTaskResult(id: "éééé", state: .success))
    }
    #expect(error?.column == "task_id")
    #expect(error?.size == 4)
    #expect(error?.limit == 3)
  }

  @Test func `Characters made of several code points count as MySQL counts them`() {
    // A family of three is five code points to the server.
    #expect(throws: ResultError.self) {
      try columns.check(EncodedTaskResult(id: "👨‍👩‍👧", state: .success))
    }
  }

  @Test func `What a table lacks is not checked`() throws {
    var result = EncodedTaskResult(id: "t", state: .success)
    result.worker = String(repeating: "w", count: 1_000)
    try columns.check(result)
  }
}
