import ArgumentParser
import CeleryResults
import MariaDBClient
import SchemaMigrations

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// How the tool ends: what it says and with which code.
enum ToolExit {
  /// Refused or failed.
  static let failure = ExitCode(1)
  /// Not there, or not ready in time.
  static let notThere = ExitCode(3)
  /// No server: `EX_UNAVAILABLE`.
  static let noServer = ExitCode(69)

  /// Says what is wrong, if anything, and ends the process.
  static func end(with error: any Error) -> Never {
    switch error {
    case let error as ToolError:
      Terminal.say("celery-results: \(error.message)")
      exit(error.code.rawValue)
    case let error as MariaDBError:
      Terminal.say("celery-results: \(error)\(advice(error))")
      exit(code(of: error).rawValue)
    case let error as MigrationError:
      Terminal.say("celery-results: \(error)")
      exit(failure.rawValue)
    case let error as ResultError:
      Terminal.say("celery-results: \(error)")
      exit(error.code == .timeout ? notThere.rawValue : failure.rawValue)
    case is CancellationError:
      Terminal.say("celery-results: interrupted")
      exit(failure.rawValue)
    default:
      // Help, version and wrong usage are ArgumentParser's.
      CeleryResultsCommand.exit(withError: error)
    }
  }

  static func code(of error: MariaDBError) -> ExitCode {
    switch error.code {
    case .connectionFailed, .connectionLost, .protocolFailure, .tooManyConnections, .tlsFailed, .tlsUnavailable,
      .acquireTimeout:
      noServer
    default: failure
    }
  }

  private static func advice(_ error: MariaDBError) -> String {
    switch error.code {
    case .unknownDatabase: "\nMake it first: CREATE DATABASE <name> CHARACTER SET utf8mb4"
    case .accessDenied:
      "\nThe README says which rights the migrating and the storing user need, under \"Grants\"."
    default: ""
    }
  }
}

/// What the tool itself refuses.
struct ToolError: Error {
  let message: String
  var code = ToolExit.failure

  init(_ message: String, code: ExitCode = ToolExit.failure) {
    self.message = message
    self.code = code
  }
}
