internal import CHiredis

/// What the server answers.
enum RedisReply: Sendable, Equatable {
  case null
  case integer(Int64)
  case string([UInt8])
  case status(String)
  case error(String)
  case array([RedisReply])

  /// Copies what hiredis has read.
  init(_ reply: UnsafePointer<redisReply>) {
    let reply = reply.pointee
    switch reply.type {
    case REDIS_REPLY_INTEGER: self = .integer(reply.integer)
    case REDIS_REPLY_STRING: self = .string(Self.bytes(reply))
    case REDIS_REPLY_STATUS: self = .status(String(decoding: Self.bytes(reply), as: UTF8.self))
    case REDIS_REPLY_ERROR: self = .error(String(decoding: Self.bytes(reply), as: UTF8.self))
    case REDIS_REPLY_ARRAY:
      let elements = UnsafeBufferPointer(start: reply.element, count: Int(reply.elements))
      self = .array(elements.map { $0.map { RedisReply($0) } ?? .null })
    default: self = .null
    }
  }

  private static func bytes(_ reply: redisReply) -> [UInt8] {
    guard let text = reply.str else { return [] }
    return Array(UnsafeRawBufferPointer(start: text, count: Int(reply.len)))
  }

  /// The bytes of a string; nil for a value that is not there.
  ///
  /// - Throws: ``RedisError`` when this is no string.
  var value: [UInt8]? {
    get throws(RedisError) {
      switch self {
      case .null: nil
      case .string(let bytes): bytes
      default: throw .unexpectedReply
      }
    }
  }
}

extension RedisError {
  static let unexpectedReply = RedisError(
    .protocolFailure,
    explanation: "the Redis server gave an answer that the command does not have"
  )
}
