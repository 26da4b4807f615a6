/// How a value of a cache becomes bytes.
enum CacheContent {
  /// Writes a value as the cache's content type has it.
  static func encode(
    _ value: PythonValue,
    of id: TaskID,
    in cache: any ResultCache
  ) throws(ResultError) -> [UInt8] {
    switch cache.contentType {
    case .json: return Array(try text(value, of: id).utf8)
    case .pickle:
      do {
        return try Pickle.encode(value)
      } catch {
        throw cannotBeWritten(id, error)
      }
    default: throw unsupported(cache.contentType, id)
    }
  }

  /// Reads the dictionary that a value is.
  static func decode(
    _ bytes: [UInt8],
    of id: TaskID,
    in cache: any ResultCache
  ) throws(ResultError) -> PythonObject {
    let value =
      switch cache.contentType {
      case .json:
        Result { () throws(PythonJSONError) in try PythonJSON.decode(bytes) }.mapError { $0 as any Error }
      case .pickle:
        Result { () throws(ContentError) in try Pickle.decode(bytes) }.mapError { $0 as any Error }
      default: throw unsupported(cache.contentType, id)
      }
    switch value {
    case .success(.object(let object)): return object
    case .success:
      throw ResultError(.malformedContent, taskID: id, message: "what the cache holds is no dictionary.")
    case .failure(let error):
      throw ResultError(
        .malformedContent,
        taskID: id,
        message: "what the cache holds cannot be read. \(error)",
        underlyingError: error
      )
    }
  }

  /// Writes a value as JSON.
  static func text(_ value: PythonValue, of id: TaskID) throws(ResultError) -> String {
    do {
      return try PythonJSON.encode(value)
    } catch {
      throw cannotBeWritten(id, error)
    }
  }

  private static func cannotBeWritten(_ id: TaskID, _ error: any Error) -> ResultError {
    ResultError(
      .encodingFailed,
      taskID: id,
      message: "what is to be kept cannot be written. \(error)",
      underlyingError: error
    )
  }

  private static func unsupported(_ type: ContentType, _ id: TaskID) -> ResultError {
    ResultError(
      .unsupportedContentType,
      taskID: id,
      message: "a cache in \(type) cannot be used: \(ContentType.json) and \(ContentType.pickle) can."
    )
  }
}
