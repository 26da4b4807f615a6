/// A command as it is sent: its name and its arguments.
///
/// Source: the Redis serialization protocol specification.
struct RedisCommand: Sendable {
  let arguments: [[UInt8]]

  init(_ name: String, _ arguments: [[UInt8]] = []) {
    self.arguments = [Array(name.utf8)] + arguments
  }

  init(_ name: String, _ arguments: String...) {
    self.init(name, arguments.map { Array($0.utf8) })
  }

  /// The command's bytes: an array of strings, each with its length.
  var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(arguments.reduce(16) { $0 + $1.count + 16 })
    bytes += "*\(arguments.count)\r\n".utf8
    for argument in arguments {
      bytes += "$\(argument.count)\r\n".utf8
      bytes += argument
      bytes += "\r\n".utf8
    }
    return bytes
  }
}
