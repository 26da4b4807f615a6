#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import CeleryResultsMariaDB
import MariaDBClient

/// What is counted: each step of a result of 200 bytes on its way to the server and back.
enum CountedWork: String, CaseIterable {
  /// A Swift value becomes what is stored.
  case encode
  /// What is stored becomes a Swift value.
  case decode
  /// The text that stores 128 results.
  case text
  /// The parameters of a result, 128 of them in one statement, are laid out for libmariadb.
  case binding
  /// A row becomes what is stored.
  case row

  struct Value: Codable {
    let total: Int
    let text: String
  }

  /// Makes ready what is not counted.
  func prepared() throws -> () throws -> Void {
    let configuration = ResultBackendConfiguration(now: { Date(timeIntervalSince1970: 1_800_000_000) })
    let id = TaskID("5f0c8a3e-0a52-4c64-9d1e-6d3f0b1f7a11")
    let conversions = ResultConversions()
    let value = Value(total: 42, text: String(repeating: "x", count: 175))
    let encode = {
      let result = try PythonValueEncoder().encode(value)
      return try configuration.encode(result, for: id, state: .success)
    }
    guard let encoded = try encode() else { return {} }
    switch self {
    case .encode: return { keep(try encode()) }
    case .decode: return { keep(try TaskResult(encoded).value(as: Value.self)) }
    case .text: return { keep(conversions.text(ofResults: Self.rowsOfStatement)) }
    case .binding:
      var binding = ParameterBinding()
      return {
        binding.removeAll()
        conversions.write(encoded, count: Self.rowsOfStatement, to: &binding)
      }
    case .row:
      let row = MariaDBRow(try columns(of: encoded))
      let read = try conversions.reader(of: row)
      return { keep(try read(row)) }
    }
  }

  private static let rowsOfStatement = 128

  private func columns(of result: EncodedTaskResult) throws -> [(name: String, value: MariaDBValue)] {
    let date = result.dateDone.mariaDBValue
    return [
      ("task_id", .string(result.id.rawValue)), ("status", .string(result.state.rawValue)),
      ("content_type", .string(result.contentType.rawValue)),
      ("content_encoding", .string(result.contentEncoding.rawValue)),
      ("result", result.result.mariaDBValue), ("meta", result.meta.mariaDBValue), ("traceback", .null),
      ("task_name", .null), ("task_args", .null), ("task_kwargs", .null), ("worker", .null),
      ("periodic_task_name", .null), ("date_done", date), ("date_created", date), ("date_started", .null),
    ]
  }
}

/// Keeps the compiler from leaving out work whose outcome nobody uses.
@inline(never)
@_optimize(none)
private func keep<Outcome>(_ outcome: Outcome) {}
