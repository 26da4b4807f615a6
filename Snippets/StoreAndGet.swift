// Store the result of a task, and wait for it as a typed value.
import CeleryResults
import CeleryResultsMariaDB

let backend = try DatabaseBackend(url: "mysql://celery:secret@127.0.0.1:3306/celery")

try await backend.markAsDone("7e3c0c4e", result: ["total": 42])

let result = AsyncResult("7e3c0c4e", as: [String: Int].self, backend: backend)
do {
  let value = try await result.get(timeout: .seconds(10))  // ["total": 42]
  print(value)
} catch let error as ResultError where error.code == .taskFailed {
  print("The task raised", error.exception?.type ?? "an exception")
}
await backend.shutDown()
