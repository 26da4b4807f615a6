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
    guard case .object(let object) = try value(bytes, of: id, in: cache) else {
      throw ResultError(.malformedContent, taskID: id, message: "what the cache holds is no dictionary.")
    }
    return object
  }

  /// Reads a value, whatever it is.
  static func value(
    _ bytes: [UInt8],
    of id: TaskID,
    in cache: any ResultCache
  ) throws(ResultError) -> PythonValue {
    do {
      switch cache.contentType {
      case .json: return try PythonJSON.decode(bytes)
      case .pickle: return try Pickle.decode(bytes)
      default: break
      }
    } catch {
      throw ResultError(
        .malformedContent,
        taskID: id,
        message: "what the cache holds cannot be read. \(error)",
        underlyingError: error
      )
    }
    throw unsupported(cache.contentType, id)
  }

  /// Writes a value as text, as a column of a table would hold it.
  static func text(
    _ value: PythonValue,
    of id: TaskID,
    in serializer: ResultSerializer = .json
  ) throws(ResultError) -> String {
    do {
      return try serializer.encode(value)
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
