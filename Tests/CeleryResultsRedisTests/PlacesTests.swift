import Testing

@testable import CeleryResultsRedis

struct PlacesTests {
  @Test func `Who waits longest is served first`() async throws {
    let places = Places(1)
    try await places.take()
    let waiting = Task { try await places.take() }
    while places.waiterCount < 1 { await Task.yield() }
    let next = Task { try await places.take() }
    while places.waiterCount < 2 { await Task.yield() }
    places.giveBack()
    try await waiting.value
    #expect(places.waiterCount == 1)
    places.giveBack()
    try await next.value
  }

  @Test func `Whoever is cancelled leaves the queue and takes no place`() async throws {
    let places = Places(1)
    try await places.take()
    let waiting = Task { try await places.take() }
    while places.waiterCount < 1 { await Task.yield() }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    #expect(places.waiterCount == 0)
    places.giveBack()
    try await places.take()
  }

  @Test func `When it is closed, those who wait and those who come get an error`() async throws {
    let places = Places(1)
    try await places.take()
    let waiting = Task { try await places.take() }
    while places.waiterCount < 1 { await Task.yield() }
    places.close()
    #expect((await #expect(throws: RedisError.self) { try await waiting.value })?.code == .clientShutdown)
    #expect((await #expect(throws: RedisError.self) { try await places.take() })?.code == .clientShutdown)
  }
}
