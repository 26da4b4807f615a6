#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the kernel knows of a socket.
enum SocketState {
  /// Whether there is something to read, without waiting.
  ///
  /// On a connection that nobody uses that means that the server has closed it, or is telling why it will
  /// (4031).
  static func isReadable(_ socket: Int32) -> Bool {
    guard socket >= 0 else { return true }
    var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    return poll(&descriptor, 1, 0) != 0
  }
}
