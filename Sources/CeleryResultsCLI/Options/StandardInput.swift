import SystemPackage

/// What comes on standard input.
enum StandardInput {
  /// All that is left of it, as text.
  ///
  /// - Throws: ``ToolError`` when there is nothing, when it cannot be read, or when it is not UTF-8.
  static func text() throws -> String {
    var bytes: [UInt8] = []
    do {
      let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 1)
      defer { piece.deallocate() }
      while case let count = try FileDescriptor.standardInput.read(into: piece), count > 0 {
        bytes += piece.prefix(count)
      }
    } catch {
      throw ToolError("standard input cannot be read: \(error)")
    }
    guard !bytes.isEmpty else { throw ToolError("nothing came on standard input") }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ToolError("what came on standard input is not UTF-8")
    }
    return text
  }
}

extension FileDescriptor {
  /// Reads a line and nothing beyond it; nil at the end of the file.
  func line() throws(Errno) -> [UInt8]? {
    var line: [UInt8] = []
    var byte: UInt8 = 0
    while try withUnsafeMutableBytes(of: &byte, { bytes throws(Errno) in try readOnce(into: bytes) }) > 0 {
      if byte == UInt8(ascii: "\n") {
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return line
      }
      line.append(byte)
    }
    return line.isEmpty ? nil : line
  }

  private func readOnce(into bytes: UnsafeMutableRawBufferPointer) throws(Errno) -> Int {
    do {
      return try read(into: bytes)
    } catch let error as Errno {
      throw error
    } catch {
      throw .ioError
    }
  }
}
