/// A place in a server's binary log.
package struct BinaryLogPosition: Sendable, Hashable, CustomStringConvertible {
  /// The name of the file: `binlog.000042`.
  package var file: String
  /// The offset in it, in bytes.
  package var offset: UInt64

  /// Makes a position.
  package init(file: String, offset: UInt64) {
    self.file = file
    self.offset = offset
  }

  /// File and offset: `binlog.000042:1234`.
  package var description: String { "\(file):\(offset)" }
}
