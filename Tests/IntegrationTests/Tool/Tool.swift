import Foundation
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// The tool as it was built, run as a user runs it.
struct Tool {
  /// How a run ended.
  struct Run {
    /// The exit code; nil where a signal ended the process.
    let code: Int32?
    let output: String
    let errors: String

    /// The output, read as JSON.
    func json() throws -> [String: Any] {
      try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    }
  }

  /// The server that `CELERY_RESULT_BACKEND` names; nil leaves it unset.
  let url: String?
  /// The name of the program, which is beside the tests.
  let name: String

  init(_ database: ThrowawayDatabase) {
    url = database.url
    name = "celery-results"
  }

  init(url: String?, name: String = "celery-results") {
    self.url = url
    self.name = name
  }

  /// Runs the tool and waits until it has ended.
  ///
  /// The environment of the tests does not reach it: no variable and no option file of whoever runs them.
  @discardableResult
  func run(
    _ arguments: String...,
    environment: [String: String] = [:],
    input: String = ""
  ) async throws -> Run {
    try await run(arguments, environment: environment, input: input)
  }

  @discardableResult
  func run(
    _ arguments: [String],
    environment: [String: String] = [:],
    input: String = ""
  ) async throws -> Run {
    let result = try await Subprocess.run(
      configuration(arguments, environment: environment),
      input: .string(input),
      output: .string(limit: 64 << 20),
      error: .string(limit: 1 << 20)
    )
    let code: Int32? = if case .exited(let code) = result.terminationStatus { code } else { nil }
    return Run(code: code, output: result.standardOutput, errors: result.standardError)
  }

  func configuration(_ arguments: [String], environment: [String: String] = [:]) throws -> Configuration {
    var variables: [Environment.Key: String] = ["HOME": "/nonexistent", "PATH": "/usr/bin:/bin"]
    if let url { variables["CELERY_RESULT_BACKEND"] = url }
    for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
    return Configuration(
      executable: .path(FilePath(try Self.path(of: name))),
      arguments: Arguments(arguments),
      environment: .custom(variables)
    )
  }

  /// The tool is beside the tests, wherever they were built: `swift test` starts them from a helper of the
  /// toolchain, so what the process has loaded says where they are.
  static func path(of name: String = "celery-results") throws -> String {
    let maps = try String(contentsOfFile: "/proc/self/maps", encoding: .utf8)
    let folders = maps.split(separator: "\n").compactMap { line -> String? in
      guard let slash = line.firstIndex(of: "/"), line.hasSuffix(".xctest") else { return nil }
      return String(line[slash..<(line.lastIndex(of: "/") ?? line.endIndex)])
    }
    let tools = Set(folders).map { "\($0)/\(name)" }
    return try #require(
      tools.first { FileManager.default.isExecutableFile(atPath: $0) },
      "\(name) is not beside the tests"
    )
  }
}
