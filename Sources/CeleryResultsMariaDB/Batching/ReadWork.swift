/// Reads rows, those that several ask for in the same queries.
struct ReadWork: BatchedWork {
  let backend: DatabaseBackend

  func alone(_ call: ReadCall) async throws -> TaskResultRows {
    try await backend.readAlone(call.ids)
  }

  func together(_ calls: [ReadCall]) async -> [Result<TaskResultRows, any Error>] {
    let rows: Result<TaskResultRows, any Error>
    do {
      rows = .success(try await backend.readAlone(calls.flatMap(\.ids)))
    } catch {
      rows = .failure(error)
    }
    return Array(repeating: rows, count: calls.count)
  }
}
