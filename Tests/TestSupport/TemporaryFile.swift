#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A file of a test's own.
public struct TemporaryFile {
  /// Where it is.
  public let path: String

  /// Writes a file that only its owner can read.
  public init(_ text: String, suffix: String = ".cnf") throws {
    path = FileManager.default.temporaryDirectory.appending(path: "\(UUID())\(suffix)").path
    try Data(text.utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
  }

  /// Removes it.
  public func remove() {
    try? FileManager.default.removeItem(atPath: path)
  }
}
