import CeleryResults
import Testing

@Test func `a stored value is read back`() async throws {
  let backend = InMemoryBackend()
  try await backend.markAsDone("7e3c0c4e", result: ["total": 42])
  let result = AsyncResult("7e3c0c4e", as: [String: Int].self, backend: backend)
  #expect(try await result.get(timeout: .seconds(10)) == ["total": 42])
  #expect(try await backend.taskMeta(for: "7e3c0c4e").result == ["total": 42])
}
