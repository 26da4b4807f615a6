internal import CMariaDB
import Synchronization

/// The way to end the reading of a binary log from another thread.
package final class BinaryLogStop: Sendable {
  private struct State {
    var isStopped = false
    /// The address of the `MYSQL`, for as long as it is open.
    var address: UInt?
  }

  private let state = Mutex(State())

  /// Makes one that has not been used.
  package init() {}

  /// Whether the reading is to end.
  package var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Ends the reading, now and for ever: the call that waits for the server fails at once.
  package func stop() {
    state.withLock { state in
      state.isStopped = true
      guard let mysql = state.address.flatMap(UnsafeMutablePointer<MYSQL>.init(bitPattern:)) else { return }
      mariadb_cancel(mysql)
    }
  }

  /// The connection is open.
  ///
  /// - Returns: False when the reading was ended before.
  func attach(_ mysql: UnsafeMutablePointer<MYSQL>) -> Bool {
    state.withLock { state in
      guard !state.isStopped else { return false }
      state.address = UInt(bitPattern: mysql)
      return true
    }
  }

  /// The connection will be closed.
  func detach() {
    state.withLock { $0.address = nil }
  }
}
