internal import Dispatch

/// The serial queue on which a connection's blocking calls run: the cooperative pool never waits for a server.
final class RedisExecutor: SerialExecutor {
  let queue = DispatchQueue(label: "RedisConnection")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  func checkIsolated() {
    dispatchPrecondition(condition: .onQueue(queue))
  }
}
