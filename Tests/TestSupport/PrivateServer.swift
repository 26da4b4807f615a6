#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

public import MariaDBClient
import Subprocess
import SystemPackage

/// A server of one test's own, which it may kill.
///
/// `Scripts/test` removes what a test leaves.
public struct PrivateServer: Sendable {
  private let name: String
  private let tag: String

  /// The server, for a ``ThrowawayDatabase``.
  public let server: TestServer

  /// How to connect to it.
  public let configuration: MariaDBConnection.Configuration

  /// Starts a server, lends it, and removes it.
  ///
  /// - Parameters:
  ///   - name: `mysql97`, `mariadb1011`, …
  ///   - options: The server's own options, such as `--innodb-page-size=4096`.
  ///   - body: What needs the server.
  public static func with(
    _ name: String,
    options: [String] = [],
    _ body: (PrivateServer) async throws -> Void
  ) async throws {
    let tag = "private" + String(UInt32.random(in: .min ... .max), radix: 36)
    let words = ["start", name, "--tag", tag] + (options.isEmpty ? [] : ["--"] + options)
    let url = try await script(words).filter { !$0.isNewline }
    let server = PrivateServer(
      name: name,
      tag: tag,
      server: TestServer(name: name, url: url),
      configuration: try MariaDBConnection.Configuration(url: url)
    )
    do {
      try await body(server)
    } catch {
      _ = try await script(["wipe", name, "--tag", tag])
      throw error
    }
    _ = try await script(["wipe", name, "--tag", tag])
  }

  /// Ends it at once, as a crash would.
  public func kill() async throws {
    _ = try await Self.script(["kill", name, "--tag", tag])
  }

  /// Starts it again, on the same port.
  public func start() async throws {
    _ = try await Self.script(["start", name, "--tag", tag])
  }

  struct Failure: Error {
    let output: String
  }

  private static func script(_ words: [String]) async throws -> String {
    let path = ProcessInfo.processInfo.environment["CELERY_RESULTS_TEST_SERVERS_SCRIPT"] ?? "Scripts/servers"
    let result = try await Subprocess.run(
      .path(FilePath(path)),
      arguments: .init(words),
      output: .string(limit: 65_536),
      error: .string(limit: 65_536)
    )
    guard result.terminationStatus.isSuccess else { throw Failure(output: result.standardError) }
    return result.standardOutput
  }
}
