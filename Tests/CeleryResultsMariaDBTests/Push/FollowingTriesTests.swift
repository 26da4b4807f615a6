import Testing

@testable import CeleryResultsMariaDB

@Suite struct FollowingTriesTests {
  private let start = ContinuousClock.now

  private func expect(
    _ pause: Double,
    atMost longest: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(pause <= longest, sourceLocation: sourceLocation)
    #expect(pause >= longest * 0.75, sourceLocation: sourceLocation)
  }

  @Test func `After a refusal it looks again after a second, then less and less often, up to five minutes`() {
    var tries = FollowingTries()
    for longest in [1.0, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300, 300] {
      expect(tries.pause(afterRefusal: start), atMost: longest)
    }
  }

  @Test func `What may pass is tried again at once, then less often, up to half a minute`() {
    var tries = FollowingTries()
    for longest in [0, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 30, 30] {
      expect(tries.pause(afterFailure: start), atMost: longest)
    }
  }

  @Test func `Where it is followed for a while only, the pauses grow on`() {
    var tries = FollowingTries()
    var now = start
    for longest in [1.0, 2, 4, 8, 16, 32, 64, 128] {
      expect(tries.pause(afterRefusal: now), atMost: longest)
      tries.hasBegun(at: now)
      now += .seconds(min(longest, 10))
    }
    // Longer than it had paused.
    tries.hasBegun(at: now)
    now += .seconds(129)
    expect(tries.pause(afterRefusal: now), atMost: 1)
  }

  @Test func `A refusal is said once until another one comes or it is followed`() {
    var news = FollowingNews()
    let refusals = ["a", "a", "b", "a"].map { news.isNew(PushRefusal($0)) }
    #expect(refusals == [true, false, true, true])
    // Results are polled already.
    let failure = news.isNewFailure()
    #expect(!failure)
    let followed = [news.hasBegun(), news.hasBegun()]
    #expect(followed == [true, false])
    let failures = [news.isNewFailure(), news.isNewFailure(), news.isNew(PushRefusal("a"))]
    #expect(failures == [true, false, true])
  }
}
