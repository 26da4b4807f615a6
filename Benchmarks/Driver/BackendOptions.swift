import ArgumentParser
import CeleryResultsMariaDB
import MariaDBClient

/// Where the tables are.
struct BackendOptions: ParsableArguments {
  @Option(help: "mysql://user:password@host:port/database")
  var url: String

  @Option(help: "The most connections.")
  var connections = PoolConfiguration().maximumConnections

  func backend(followsBinaryLog: Bool = false) throws -> DatabaseBackend {
    DatabaseBackend(
      client: .init(try .init(url: url), pool: PoolConfiguration(maximumConnections: connections)),
      followsBinaryLog: followsBinaryLog
    )
  }
}

/// For how long, and by how many.
struct LoadOptions: ParsableArguments {
  @Option(help: "How many callers there are at once.")
  var callers = 1

  @Option(help: "For how many seconds.")
  var seconds = 1.0

  @Flag(help: "Wait for a line on stdin between `ready` and the start.")
  var wait = false
}
