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
  ///
  /// - Parameters:
  ///   - error: Why it ends.
  ///   - arguments: The words of the command line, whose passwords no message repeats.
  static func end(with error: any Error, arguments: [String]) -> Never {
    func end(_ code: ExitCode, saying message: String) -> Never {
      Terminal.say(ProcessArguments.withoutPasswords(message, of: arguments))
      exit(code.rawValue)
    }
    switch error {
    case let error as ToolError: end(error.code, saying: "celery-results: \(error.message)")
    case let error as MariaDBError:
      end(code(of: error), saying: "celery-results: \(error)\(advice(error))")
    case let error as MigrationError:
      end(
        error.cause.map(code) ?? failure,
        saying: "celery-results: \(error)\(error.cause.map(advice) ?? "")"
      )
    case let error as ResultError:
      end(error.code == .timeout ? notThere : failure, saying: "celery-results: \(error)")
    case is CancellationError: end(failure, saying: "celery-results: interrupted")
    default:
      // Help, version and wrong usage are ArgumentParser's.
      let code = CeleryResultsCommand.exitCode(for: error)
      guard code == .validationFailure else { CeleryResultsCommand.exit(withError: error) }
      end(code, saying: CeleryResultsCommand.fullMessage(for: error))
    }
  }

  /// Ends the process as a signal does that nobody handles.
  static func end(by number: Int32) -> Never {
    signal(number, SIG_DFL)
    // The threads of Dispatch block signals.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, number)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
    raise(number)
    exit(128 + number)
  }

  static func code(of error: MariaDBError) -> ExitCode {
    switch error.code {
    case .connectionFailed, .connectionLost, .protocolFailure, .tooManyConnections, .tlsFailed,
      .tlsUnavailable,
      .acquireTimeout:
      noServer
    default: failure
    }
  }

  private static func advice(_ error: MariaDBError) -> String {
    switch error.code {
    case .unknownDatabase:
      "\nMake it first: CREATE DATABASE \(databaseName(error) ?? "<name>") CHARACTER SET utf8mb4"
    case .unknownTable:
      "\nMake the tables first: celery-results migrate, with the same server."
    case .accessDenied where error.errno != wrongPassword:
      "\nThe README says which rights the migrating and the storing user need, under \"Grants\"."
    default: ""
    }
  }

  /// The error number `ER_ACCESS_DENIED_ERROR`.
  private static let wrongPassword: UInt32 = 1045

  /// The name that the server has between quotes: Unknown database 'name'.
  private static func databaseName(_ error: MariaDBError) -> String? {
    guard let message = error.serverMessage, let first = message.firstIndex(of: "'"),
      let last = message.lastIndex(of: "'"), first < last
    else { return nil }
    return SQLStatement.quoted(identifier: String(message[message.index(after: first)..<last]))
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
