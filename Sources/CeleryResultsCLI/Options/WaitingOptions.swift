import ArgumentParser

/// How a command waits for results.
struct WaitingOptions: ParsableArguments {
  @Option(help: .init("How often to ask the server. Default: 0.05s.", valueName: "time"))
  var interval: Age?

  @Flag(
    inversion: .prefixedNo,
    help: .init(
      "Be told by the server's binary log instead of asking; where that cannot be, say why and ask. Needs "
        + "REPLICATION SLAVE and REPLICATION CLIENT. Default: CELERY_RESULTS_FOLLOW_BINARY_LOG, or not."
    )
  )
  var followBinaryLog: Bool?

  func validate() throws {
    if let interval, interval.duration < .milliseconds(1) {
      throw ValidationError("--interval must be at least 0.001s")
    }
  }

  /// Whether the server's binary log is followed: the flag wins over the setting.
  func followsBinaryLog(_ settings: Settings) throws -> Bool {
    try followBinaryLog ?? settings.followsBinaryLog()
  }
}
