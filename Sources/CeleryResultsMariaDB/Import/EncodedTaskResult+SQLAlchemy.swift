#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient

extension EncodedTaskResult {
  /// Makes a result of a row of Celery's own table, written as the configuration says.
  init(
    sqlAlchemy row: MariaDBRow,
    _ columns: Set<String>,
    _ configuration: ResultBackendConfiguration
  ) throws(MariaDBError) {
    func text(_ name: String) throws(MariaDBError) -> String? {
      columns.contains(name) ? try row.decode(String?.self, named: name) : nil
    }
    func bytes(_ name: String) throws(MariaDBError) -> [UInt8]? {
      columns.contains(name) ? try row.decode([UInt8]?.self, named: name) : nil
    }
    self.init(
      id: TaskID(try row.decode(String?.self, named: "task_id") ?? ""),
      state: TaskState(rawValue: try row.decode(String?.self, named: "status") ?? "PENDING")
    )
    traceback = try text("traceback")
    name = try text("name")
    worker = try text("worker")
    // Celery keeps no date before a task is ready; a server with an old sql_mode may hold one of zeros.
    dateDone = try row.decode(MariaDBDateTime?.self, named: "date_done")?.moment ?? configuration.now()
    dateCreated = dateDone
    let content = SQLAlchemyContent(
      result: try bytes("result") ?? [],
      args: try bytes("args"),
      kwargs: try bytes("kwargs")
    )
    content.write(to: &self, with: configuration.resultSerializer)
  }
}

/// What a row of Celery's own table holds in serialised form.
struct SQLAlchemyContent {
  let result: [UInt8]
  let args: [UInt8]?
  let kwargs: [UInt8]?

  /// Writes it with a serialiser; as the pickle that it is when that has no form for it.
  func write(to encoded: inout EncodedTaskResult, with serializer: ResultSerializer) {
    if let value = Self.decode(result), write(value, to: &encoded, with: serializer) { return }
    encoded.contentType = .pickle
    encoded.contentEncoding = .binary
    encoded.result = Data(result).base64EncodedString()
    encoded.meta = try? ResultSerializer.pickle.encode(Self.meta)
    encoded.args = Self.arguments(args, with: .pickle)
    encoded.kwargs = Self.arguments(kwargs, with: .pickle)
  }

  private func write(
    _ value: PythonValue,
    to encoded: inout EncodedTaskResult,
    with serializer: ResultSerializer
  ) -> Bool {
    let stored = encoded.state.isException ? serializer.storedException(value) : value
    guard let result = try? serializer.encode(stored), let meta = try? serializer.encode(Self.meta) else {
      return false
    }
    encoded.contentType = serializer.contentType
    encoded.contentEncoding = serializer.contentEncoding
    encoded.result = result
    encoded.meta = meta
    encoded.args = Self.arguments(args, with: serializer)
    encoded.kwargs = Self.arguments(kwargs, with: serializer)
    return true
  }

  /// That backend keeps no children.
  private static let meta: PythonValue = ["children": []]

  /// Arguments in the serialiser's form, or their `repr` when it has none for them.
  private static func arguments(_ bytes: [UInt8]?, with serializer: ResultSerializer) -> String? {
    guard let bytes, !bytes.isEmpty, let value = decode(bytes), value != .null else { return nil }
    return (try? serializer.encode(value))
      ?? (try? serializer.encode(.string(PythonRepresentation.text(value))))
  }

  /// Reads a pickle, or what another serialiser than SQLAlchemy's default has written.
  static func decode(_ bytes: [UInt8]) -> PythonValue? {
    if bytes.isEmpty { return .null }
    if bytes.first == 0x80, let value = try? Pickle.decode(bytes) { return value }
    return (try? PythonJSON.decode(bytes)) ?? (try? Pickle.decode(bytes))
      ?? (try? MessagePack.decode(bytes))
  }
}
