#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import ResultSchema
import TestSupport
import Testing

/// A server with one page size, on which all the tables are made.
struct PredictionCase: Sendable {
  /// The name of the server, as `Scripts/servers` has it.
  let server: String
  /// InnoDB's page size in bytes.
  let pageSize: Int

  /// The server that runs anyway, or with `Scripts/test --full` every server with every page size.
  static let all =
    isFull
    ? TestServer.all.flatMap { server in
      [16384, 8192, 4096].map { PredictionCase(server: server.name, pageSize: $0) }
    }
    : [PredictionCase(server: "mariadb1011", pageSize: 16384)]

  private static let isFull = ProcessInfo.processInfo.environment["CELERY_RESULTS_TEST_FULL"] == "yes"

  /// Where MariaDB 10.11 with pages of 16 KB is known to draw a line, with some engine or row format.
  private static let limitsOfMariaDB = [767, 1000, 2300, 3072, 65532]
  /// Where any of the servers does, with any page size.
  private static let allLimits = [767, 768, 1000, 1173, 1536, 2000, 2300, 3072, 3500, 65532, 65535]

  /// Makes all the tables.
  func measure() async throws -> PredictionTally {
    guard Self.isFull else {
      let server = try #require(TestServer.named(server))
      return try await PredictionMatrix(
        server: server,
        pageSize: pageSize,
        limits: Self.limitsOfMariaDB,
        defaultRowFormats: []
      ).measure()
    }
    var tally = PredictionTally()
    try await PrivateServer.with(server, options: options) { server in
      // The server is this test's own, so its default may be changed.
      let matrix = PredictionMatrix(
        server: server.server,
        pageSize: pageSize,
        limits: Self.allLimits,
        defaultRowFormats: [.compact, .redundant]
      )
      tally = try await matrix.measure()
    }
    return tally
  }

  /// Nothing that is stored has to outlive the server.
  private var options: [String] {
    [
      "--innodb-page-size=\(pageSize)", "--innodb-flush-log-at-trx-commit=0", "--innodb-flush-method=nosync",
      "--innodb-doublewrite=0", server.hasPrefix("mysql") ? "--skip-log-bin" : "--sync-frm=0",
    ]
  }
}

extension PredictionCase: CustomTestStringConvertible, CustomStringConvertible {
  var description: String { "\(server), pages of \(pageSize) bytes" }
  var testDescription: String { description }
}
