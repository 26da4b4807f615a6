#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

public import MariaDBClient
public import Testing

/// A real server that `Scripts/test` has started and named in the environment.
public struct TestServer: Sendable, CustomTestStringConvertible {
  /// The name of the server: `mysql97`, or `mariadb1011-tls` for one with a tag.
  public let name: String
  /// Its URL.
  public let url: String

  /// The name of the server.
  public var testDescription: String { name }

  /// Why the tests that need a server are skipped where there is none.
  ///
  /// `Scripts/test` fails on a skip.
  public static let missing: Comment = "no server: run Scripts/test, which starts them"

  /// MySQL 9.7.
  public static let mysql97 = named("mysql97")
  /// MariaDB 10.11.
  public static let mariadb1011 = named("mariadb1011")
  /// MariaDB 11.8.
  public static let mariadb118 = named("mariadb118")
  /// MariaDB 10.5.
  public static let mariadb105 = named("mariadb105")

  /// Redis 7.0.
  public static let redis70 = named("redis70")
  /// Whether `Scripts/test` has started Redis.
  public static var isRedisThere: Bool { redis70 != nil }

  /// The four servers with their default options.
  public static let all = [mysql97, mariadb1011, mariadb118, mariadb105].compactMap(\.self)
  /// One server of each kind, for what does not depend on the version.
  public static let oneOfEach = [mysql97, mariadb1011].compactMap(\.self)
  /// The nodes of the Galera cluster.
  public static let galera = ["galera1", "galera2", "galera3"].compactMap(named)
  /// Whether `Scripts/test` has started the servers.
  public static var areThere: Bool { all.count == 4 }
  /// Whether it has started the Galera cluster as well.
  public static var isClusterThere: Bool { areThere && galera.count == 3 }

  /// The server of that name, if it was started.
  public static func named(_ name: String) -> TestServer? {
    let variable = "CELERY_RESULTS_TEST_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    return ProcessInfo.processInfo.environment[variable].map { TestServer(name: name, url: $0) }
  }

  /// The folder with the certificates that `Scripts/certificates` made.
  public static var certificates: String {
    ProcessInfo.processInfo.environment["CELERY_RESULTS_TEST_CERTIFICATES"] ?? ""
  }

  /// How to connect to it.
  public func configuration() throws -> MariaDBConnection.Configuration {
    try MariaDBConnection.Configuration(url: url)
  }
}
