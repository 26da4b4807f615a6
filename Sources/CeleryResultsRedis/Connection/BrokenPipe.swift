#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// hiredis writes to a socket that the server may have closed without asking for an error in place of SIGPIPE,
/// which ends the program.
enum BrokenPipe {
  /// Runs something during which SIGPIPE is not delivered to this thread, nor later.
  static func ignored<Result>(_ body: () -> Result) -> Result {
    #if canImport(Darwin)
      body()  // The socket itself was told: SO_NOSIGPIPE.
    #else
      var pipe = sigset_t()
      var pending = sigset_t()
      var before = sigset_t()
      sigemptyset(&pipe)
      sigaddset(&pipe, SIGPIPE)
      sigpending(&pending)
      let wasPending = sigismember(&pending, SIGPIPE) == 1
      pthread_sigmask(SIG_BLOCK, &pipe, &before)
      let result = body()
      let error = errno
      if !wasPending {
        var noTime = timespec()
        while sigtimedwait(&pipe, nil, &noTime) == -1, errno == EINTR {}
      }
      pthread_sigmask(SIG_SETMASK, &before, nil)
      errno = error
      return result
    #endif
  }

  /// Tells a socket to give errors in place of SIGPIPE, where a socket can be told.
  static func ignore(on socket: Int32) {
    #if canImport(Darwin)
      var on: Int32 = 1
      setsockopt(socket, SOL_SOCKET, SO_NOSIGPIPE, &on, socklen_t(MemoryLayout<Int32>.size))
    #endif
  }
}
