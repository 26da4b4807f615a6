#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

import CeleryResults
import MariaDBClient

extension EncodedGroupResult {
  /// Makes a group of a row of Celery's own table: a pickled `GroupResult`.
  ///
  /// One that cannot be understood stays the pickle that it is.
  init(sqlAlchemy row: MariaDBRow, _ configuration: ResultBackendConfiguration) throws(MariaDBError) {
    self.init(id: TaskID(try row.decode(String?.self, named: "taskset_id") ?? ""))
    let bytes = try row.decode([UInt8]?.self, named: "result") ?? []
    let date = try row.decode(MariaDBDateTime?.self, named: "date_done")?.moment ?? configuration.now()
    let reference = (try? Pickle.decode(bytes)).flatMap { ResultReference(pickled: $0) }
    if let reference, let encoded = try? configuration.encode(reference) {
      contentType = encoded.contentType
      contentEncoding = encoded.contentEncoding
      result = encoded.result
    } else {
      contentType = .pickle
      contentEncoding = .binary
      result = Data(bytes).base64EncodedString()
    }
    dateDone = date
    dateCreated = date
  }
}

extension ResultReference {
  /// Reads an `AsyncResult` or `GroupResult` as Python pickles it; nil when it is none.
  ///
  /// Source: `__reduce_args__` of both in `celery.result`.
  init?(pickled value: PythonValue) {
    guard case .opaque(let object) = value else {
      self.init(celeryValue: value)
      return
    }
    guard object.module == "celery.result", let arguments = object.arguments, let id = arguments.first?.text
    else {
      return nil
    }
    switch object.name {
    case "GroupResult", "ResultSet", "TaskSetResult":
      guard arguments.count > 1, case .array(let members) = arguments[1] else { return nil }
      let children = members.compactMap { ResultReference(pickled: $0) }
      guard children.count == members.count else { return nil }
      self.init(TaskID(id), children: children)
    default:
      let parent = arguments.count > 4 ? ResultReference(pickled: arguments[4]) : nil
      self.init(TaskID(id), parent: parent)
    }
  }
}
