#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient

extension ChordRecord {
  /// Reads a chord from its row in the table of chords, from its counter, or from both; nil from neither.
  init?(chord: MariaDBRow?, counter: MariaDBRow?) throws {
    let count = try counter.map { row throws(MariaDBError) in try row.decode(Int.self, named: "count") }
    guard let row = chord ?? counter else { return nil }
    let group = TaskID(try row.decode(String.self, named: "group_id"))
    let members = try Self.json(try row.decode(named: chord == nil ? "sub_tasks" : "header"), of: group)
    guard let header = ResultReference(celeryValue: [[.string(group.rawValue), .null], members]) else {
      throw Self.malformed(group)
    }
    guard let chord else {
      self.init(header: header, body: nil, count: count)
      return
    }
    let body = try chord.decode(String?.self, named: "body")
    self.init(
      header: header,
      body: try body.map { try ChordBody(signature: Self.json($0, of: group)) },
      count: count,
      dateCreated: try chord.decode(named: "date_created")
    )
    if let parts = try chord.decode(String?.self, named: "parts") {
      notes = [TaskID: ChordNote](celeryValue: try Self.json(parts, of: group))
    }
    token = try chord.decode(named: "claim_token")
    claimedUntil = try chord.decode(named: "claimed_until")
    isClosed = try chord.decode(Date?.self, named: "date_closed") != nil
  }

  /// The tasks of a header as it is stored; nil when it cannot be read.
  static func parts(ofHeader text: String) -> [TaskID]? {
    guard let members = try? PythonJSON.decode(text) else { return nil }
    return ResultReference(celeryValue: [["", .null], members])?.taskIDs
  }

  private static func json(_ text: String, of group: TaskID) throws -> PythonValue {
    do {
      return try PythonJSON.decode(text)
    } catch {
      throw malformed(group)
    }
  }

  private static func malformed(_ group: TaskID) -> ResultError {
    ResultError(
      .malformedContent,
      taskID: group,
      message: "what is stored of the chord of this group cannot be read."
    )
  }
}

extension ResultReference {
  /// The members as a chord counter holds them.
  var membersValue: PythonValue { .array((children ?? []).map(\.celeryValue)) }
}
