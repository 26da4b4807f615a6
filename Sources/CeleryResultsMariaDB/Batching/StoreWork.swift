/// Stores results, several with common statements.
struct StoreWork: BatchedWork {
  let backend: DatabaseBackend

  func alone(_ call: StoreCall) async throws {
    try await backend.storeAlone(call.result)
  }

  func together(_ calls: [StoreCall]) async -> [Result<Void, any Error>] {
    await backend.storeTogether(calls)
  }
}
