import CeleryResults
import Testing

@testable import CeleryResultsMariaDB

/// In which order the results of a batch go to the server.
@Suite struct StoreRowTests {
  @Test func `New tasks come before those that have a row, whatever their keys are`() {
    #expect(order(["zzz": nil, "aaa": 1]) == ["zzz", "aaa"])
  }

  @Test func `Results of one kind stand together`() {
    let first = row("zzz", id: nil, hasRequest: false)
    let second = row("aaa", id: nil, hasRequest: true)
    #expect(first.precedes(second, tie: unasked))
    #expect(!second.precedes(first, tie: unasked))
    #expect(
      row("zzz", id: nil, hasRequest: true).precedes(row("aaa", id: 1, hasRequest: false), tie: unasked)
    )
  }

  @Test func `Rows stand in the order of their numbers, not of their texts`() {
    #expect(order(["ccc": 2, "bbb": 10, "aaa": 9]) == ["ccc", "aaa", "bbb"])
  }

  @Test func `New tasks stand in the order of how their texts begin`() {
    #expect(
      order(["bbbbbbbb": nil, "abbbbbbb": nil, "aabbbbbb": nil]) == ["aabbbbbb", "abbbbbbb", "bbbbbbbb"]
    )
    #expect(order(["bbbbbbbb": nil, "bbbbbbac": nil]) == ["bbbbbbac", "bbbbbbbb"])
  }

  @Test(arguments: [true, false])
  func `Who is asked about the texts decides between two that begin in the same way`(tie: Bool) {
    let first = row("12345678a", id: nil)
    let second = row("12345678b", id: nil)
    #expect(first.precedes(second) { tie } == tie)
    #expect(second.precedes(first) { tie } == tie)
  }

  private func unasked() -> Bool {
    Issue.record("the texts of these need not be compared")
    return false
  }

  private func order(_ ids: KeyValuePairs<String, Int64?>) -> [String] {
    let rows = ids.enumerated().map { index, task in row(task.key, id: task.value, index: index) }
    return rows.sorted { $0.precedes($1, tie: unasked) }.map { ids[$0.index].key }
  }

  private func row(_ task: String, id: Int64?, index: Int = 0, hasRequest: Bool = true) -> StoreRow {
    var result = EncodedTaskResult(id: TaskID(task), state: .success)
    result.hasRequest = hasRequest
    return StoreRow(index, StoreCall(result), id: id)
  }
}
