import ArgumentParser
import CeleryResults

/// A result whose JSON has about as many bytes as are asked for.
enum LargeResult: String, CaseIterable, ExpressibleByArgument {
  /// One string.
  case text
  /// A list of integers of 13 digits.
  case integers

  /// Where it is stored.
  var id: TaskID { TaskID("large-\(rawValue)") }

  func value(bytes: Int) -> PythonValue {
    switch self {
    case .text: .string(String(repeating: "x", count: bytes - 2))
    case .integers: .array((0..<bytes / 15).map { .integer(1_000_000_000_000 + Int64($0)) })
    }
  }

  /// Reads it as a Swift value.
  ///
  /// - Returns: How many characters or numbers it has.
  func count(in result: TaskResult) throws -> Int {
    switch self {
    case .text: try result.value(as: String.self).utf8.count
    case .integers: try result.value(as: [Int].self).count
    }
  }
}
