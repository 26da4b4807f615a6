#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import Testing

@Suite struct MergingTests {
  static func result(_ state: TaskState, second: Double = 0) -> EncodedTaskResult {
    var result = EncodedTaskResult(id: "t", state: state)
    result.result = "\"\(state)\""
    result.meta = #"{"children": []}"#
    result.dateDone = Date(timeIntervalSince1970: second)
    result.dateCreated = result.dateDone
    return result
  }

  /// A result of which everything is known.
  static func full(_ state: TaskState) -> EncodedTaskResult {
    var full = result(state)
    full.meta = #"{"children": [[["c", null], null]]}"#
    full.traceback = "Traceback …"
    full.name = "proj.add"
    full.args = #""(2,)""#
    full.kwargs = #""{}""#
    full.worker = "celery@h"
    full.periodicTaskName = "nightly"
    full.dateStarted = full.dateDone
    return full
  }

  @Test(arguments: [TaskState.started, .retry, .failure, .revoked, .pending, "PROGRESS"])
  func `Nothing but SUCCESS changes SUCCESS`(state: TaskState) {
    let stored = Self.full(.success)
    #expect(Self.result(state, second: 9).merged(over: stored, policy: .protectsSuccess) == stored)
    #expect(Self.result(.success, second: 9).merged(over: stored, policy: .protectsSuccess) != stored)
  }

  @Test func `What is known stays where the new result does not know it`() {
    var new = Self.result(.failure, second: 9)
    new.hasRequest = false
    let stored = Self.full(.started)
    var expected = stored
    expected.state = .failure
    expected.result = new.result
    expected.traceback = nil
    expected.dateDone = new.dateDone
    #expect(new.merged(over: stored, policy: .protectsSuccess) == expected)
  }

  @Test func `A request knows the children, also that there are none`() {
    let merged = Self.result(.failure).merged(over: Self.full(.started), policy: .protectsSuccess)
    #expect(merged.meta == #"{"children": []}"#)
  }

  @Test func `Where the content type changes, what is encoded in it cannot stay`() {
    var new = Self.result(.failure)
    new.hasRequest = false
    new.contentType = ContentType(rawValue: "application/x-yaml")
    let merged = new.merged(over: Self.full(.started), policy: .protectsSuccess)
    #expect(merged.args == nil)
    #expect(merged.meta == new.meta)
    #expect(merged.name == "proj.add")
  }

  @Test func `Where the last write wins, only the dates of before stay`() {
    var new = Self.result(.started, second: 9)
    new.hasRequest = false
    let stored = Self.full(.success)
    var expected = new
    expected.dateCreated = stored.dateCreated
    expected.dateStarted = stored.dateStarted
    #expect(new.merged(over: stored, policy: .lastWriteWins) == expected)
  }

  @Test(arguments: [ResultBackendConfiguration.StorePolicy.protectsSuccess, .lastWriteWins])
  func `To merge the same result once more changes nothing`(
    policy: ResultBackendConfiguration.StorePolicy
  ) {
    for stored in [Self.full(.started), Self.full(.success), Self.result(.retry)] {
      for var new in [
        Self.result(.started, second: 9), Self.full(.failure), Self.result(.success, second: 9),
      ] {
        for hasRequest in [false, true] {
          new.hasRequest = hasRequest
          let once = new.merged(over: stored, policy: policy)
          #expect(new.merged(over: once, policy: policy) == once)
        }
      }
    }
  }
}
