import ArgumentParser
import Configuration
import Logging
import MariaDBClient
import ResultSchema
import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Which server, as whom: the options that all subcommands share.
struct ConnectionOptions: ParsableArguments {
  @Option(
    help: .init(
      "The server: mysql://user:password@host:port/database. Default: CELERY_RESULT_BACKEND.",
      valueName: "url"
    )
  )
  var url: String?

  @Option(
    help: .init(
      "A file whose first line is the password; - asks for it, or reads it from standard input.",
      valueName: "file"
    )
  )
  var passwordFile: String?

  @Option(
    help: .init("Read this MySQL option file instead of the usual ones (~/.my.cnf, …).", valueName: "file")
  )
  var defaultsFile: String?

  @Option(
    help: .init("Read settings that the environment lacks from this file: NAME=value.", valueName: "file")
  )
  var envFile: String?

  @Flag(name: .shortAndLong, help: "Say what the connections do, on standard error.")
  var verbose = false

  /// The groups of option files that are read beside `[client]`.
  static let optionGroup = "celery-results"

  /// What was set: first the flags, then the environment, then the file.
  ///
  /// - Parameter environment: The environment.
  func settings(
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) async throws -> Settings {
    var providers: [any ConfigProvider] = [EnvironmentVariablesProvider(environmentVariables: environment)]
    if let envFile {
      do {
        providers.append(try await EnvironmentVariablesProvider(environmentFilePath: FilePath(envFile)))
      } catch {
        throw ToolError("the file \(envFile) of --env-file cannot be read")
      }
    }
    if let url {
      providers.insert(
        InMemoryProvider(values: ["celery.result.backend": .init(.string(url), isSecret: true)]),
        at: 0
      )
    }
    return Settings(providers)
  }

  /// How to connect.
  func connection(_ settings: Settings) throws -> MariaDBConnection.Configuration {
    guard let url = settings.resultBackend else {
      throw ToolError(
        "no server is named: set CELERY_RESULT_BACKEND=mysql://user:password@host:port/database, or use --url "
          + "(host, user and password may come from ~/.my.cnf: --url mysql:///database)",
        code: .validationFailure
      )
    }
    var configuration = try BackendURL.configuration(
      url,
      from: self.url == nil ? BackendURL.variable : "--url"
    )
    configuration.programName = "celery-results"
    configuration.optionFiles = try optionFiles()
    if let passwordFile {
      configuration.password = try PasswordFile.read(passwordFile)
    } else if configuration.password == nil, let password = settings.password {
      // libmariadb reads the variable, unless an option file has a password: so does every MySQL client.
      setenv("MYSQL_PWD", password, 1)
    }
    return configuration
  }

  private func optionFiles() throws -> OptionFiles {
    guard let defaultsFile else { return .standard(group: Self.optionGroup) }
    // libmariadb passes over a file that it cannot read.
    do {
      try FileDescriptor.open(defaultsFile, .readOnly).close()
    } catch {
      throw ToolError("the file \(defaultsFile) of --defaults-file cannot be read: \(error)")
    }
    return .file(defaultsFile, group: Self.optionGroup)
  }

  /// What a command that this tool prints must say to reach the same server; never a password.
  func words() -> [String] {
    var words: [String] = []
    if let url {
      words += ["--url", BackendURL.withoutPassword(url)]
      if passwordFile == nil, BackendURL.withoutPassword(url) != url { words += ["--password-file", "-"] }
    }
    if let passwordFile { words += ["--password-file", passwordFile] }
    if let defaultsFile { words += ["--defaults-file", defaultsFile] }
    if let envFile { words += ["--env-file", envFile] }
    return words.map(Shell.quoted)
  }

  /// What writes to standard error what a backend has to say.
  ///
  /// - Parameter level: From which level on, where nobody wants all.
  func logger(atLeast level: Logger.Level = .error) -> Logger {
    var logger = Logger(label: "celery-results", factory: { StreamLogHandler.standardError(label: $0) })
    logger.logLevel = verbose ? .debug : level
    return logger
  }
}
