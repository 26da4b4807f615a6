import Dispatch

/// The serial queue on which a connection's blocking calls run.
///
/// It is the only place that picks a thread: the cooperative pool never waits for a server.
final class ConnectionExecutor: SerialExecutor {
  private let queue = DispatchQueue(label: "MariaDBConnection")

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
