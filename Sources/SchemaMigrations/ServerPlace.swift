public import MariaDBClient

/// Which server and database, for commands that a message prints; never a password.
public struct ServerPlace: Sendable, Hashable {
  /// The parts as percona-toolkit's tools take them: `h=127.0.0.1,P=3306,u=celery,D=celery`.
  let dataSourceName: String

  /// Makes a place of what a connection is made with.
  public init(_ configuration: MariaDBConnection.Configuration) {
    let parts = [
      configuration.unixSocket.map { "S=\($0)" },
      configuration.host.map { "h=\($0)" },
      configuration.port.map { "P=\($0)" },
      configuration.username.map { "u=\($0)" },
      configuration.database.map { "D=\($0)" },
    ]
    dataSourceName = parts.compactMap(\.self).joined(separator: ",")
  }
}
