internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The way to stop one unit of work from another thread: its socket is shut down, and what blocks on it returns.
final class SocketInterruption: Sendable {
  private struct State {
    var socket: Int32?
    var isInterrupted = false
  }

  private let state = Mutex(State())

  /// The work begins on a socket.
  ///
  /// - Returns: False when it was interrupted before.
  func begin(on socket: Int32) -> Bool {
    state.withLock { state in
      if state.isInterrupted { return false }
      state.socket = socket
      return true
    }
  }

  /// Stops the work.
  func interrupt() {
    state.withLock { state in
      state.isInterrupted = true
      // Under the lock: after the end of the work the number may be another socket's.
      if let socket = state.socket { _ = shutdown(socket, Int32(SHUT_RDWR)) }
    }
  }

  /// The work is over.
  ///
  /// - Returns: Whether it was interrupted.
  func finish() -> Bool {
    state.withLock { state in
      state.socket = nil
      return state.isInterrupted
    }
  }

  /// Whether there is something to read, without waiting: on a connection that nobody uses that means that the
  /// server has closed it.
  static func isReadable(_ socket: Int32) -> Bool {
    var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 0) != 0
  }
}
