import CeleryResults
import Testing

@Suite struct CleanupPolicyTests {
  static let policy = CleanupPolicy(
    .after(.seconds(100)),
    states: [.failure: .after(.seconds(500)), .started: .after(.seconds(10)), .revoked: .never],
    taskNames: [
      "proj.*": .after(.seconds(50)),
      "proj.ticks.*": .after(.seconds(5)),
      "proj.ticks.daily": .after(.seconds(1_000)),
    ]
  )

  @Test(
    arguments: [
      // Neither a name nor a state.
      (.success, nil, .after(.seconds(100))),
      (.success, "other", .after(.seconds(100))),
      // The most exact name, also where it is the shorter time.
      (.success, "proj.add", .after(.seconds(50))),
      (.success, "proj.ticks.second", .after(.seconds(5))),
      (.success, "proj.ticks.daily", .after(.seconds(1_000))),
      // A beginning ends where it says.
      (.success, "proj", .after(.seconds(100))),
      (.success, "PROJ.add", .after(.seconds(100))),
      // A state, also where it is the shorter time.
      (.failure, nil, .after(.seconds(500))),
      (.started, "other", .after(.seconds(10))),
      // Of both the longer time.
      (.failure, "proj.add", .after(.seconds(500))),
      (.failure, "proj.ticks.daily", .after(.seconds(1_000))),
      (.started, "proj.ticks.second", .after(.seconds(10))),
      (.revoked, "proj.ticks.second", .never),
    ] as [(TaskState, String?, CleanupPolicy.Expiry)]
  )
  func `The most exact name counts, and of name and state the longer time`(
    state: TaskState,
    name: String?,
    expiry: CleanupPolicy.Expiry
  ) {
    #expect(Self.policy.expiry(of: state, name: name) == expiry)
  }

  @Test func `A star is a pattern at the end only`() {
    #expect(CleanupPolicy.TaskName("*").fits("anything"))
    #expect(CleanupPolicy.TaskName("*").fits(""))
    #expect(!CleanupPolicy.TaskName("a*b").fits("axb"))
    #expect(CleanupPolicy.TaskName("a*b").fits("a*b"))
    #expect(CleanupPolicy.TaskName("é*").fits("éa"))
  }

  @Test func `Never is later than any time`() {
    #expect(CleanupPolicy.Expiry.after(.seconds(Int64.max)) < .never)
    #expect(!(CleanupPolicy.Expiry.never < .never))
  }
}
