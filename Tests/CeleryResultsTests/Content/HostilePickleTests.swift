import CeleryResults
import Foundation
import Testing

@Suite
struct HostilePickleTests {
  private static let limits = ContentLimits(values: 200_000, dataBytes: 4 << 20)

  @Test
  func `there are 200`() {
    #expect(HostilePickle.all.count == 200)
  }

  @Test(arguments: HostilePickle.all)
  func `a hostile pickle is refused, or becomes a value within the limits`(pickle: HostilePickle) throws {
    let value: PythonValue
    do throws(ContentError) {
      value = try Pickle.decode(pickle.bytes, limits: Self.limits)
    } catch {
      #expect(error.code != .unsupportedValue)
      return
    }
    #expect(!pickle.isRefused)
    let size = MeasuredSize(value)
    #expect(size.values <= Self.limits.values)
    #expect(size.bytes <= Self.limits.dataBytes)
    #expect(value == value)
  }

  @Test(arguments: HostilePickle.all.filter { $0.name.contains("\n") })
  func `nothing is executed, and what would be is named`(pickle: HostilePickle) throws {
    guard case .opaque(let object) = try Pickle.decode(pickle.bytes) else {
      Issue.record("expected an opaque value")
      return
    }
    #expect("\(object)".hasPrefix(pickle.name.replacing("\n", with: ".").replacing("builtins.", with: "")))
    #expect(!FileManager.default.fileExists(atPath: "/tmp/celery-results-was-here"))
  }

  /// One byte each.
  @Test(arguments: [("N", "\u{94}", "0."), ("", "(", "."), ("", "]", "."), ("", "N", "."), ("N", "2", ".")])
  func `what the machine keeps has a limit as well`(start: String, instruction: String, end: String) {
    let instructions = Array(repeating: UInt8(instruction.unicodeScalars.first?.value ?? 0), count: 2_100)
    let bytes = Array(start.utf8) + instructions + Array(end.utf8)
    let error = #expect(throws: ContentError.self) {
      try Pickle.decode(bytes, limits: ContentLimits(values: 2_000))
    }
    #expect(error?.code == .tooLarge)
  }

  /// Of each level the whole level below is a key, and is hashed once more.
  @Test(arguments: ["OrderedDict", "Counter", "defaultdict"])
  func `pairs that a dictionary is made of are paid for as keys are`(name: String) {
    var bytes: [UInt8] = [0x80, 4] + Array(")".utf8)
    for _ in 0..<12 { bytes += Array("q\0h\0".utf8) + [0x86] }
    for _ in 0..<120 {
      bytes += Array("q\u{1}0ccollections\n\(name)\n]h\u{1}N".utf8) + [0x86] + Array("aK\u{1}N".utf8) + [0x86]
      bytes += Array("a".utf8) + [0x85] + Array("R".utf8) + [0x85]
    }
    let error = #expect(throws: ContentError.self) {
      try Pickle.decode(bytes + Array(".".utf8), limits: Self.limits)
    }
    #expect(error?.code == .tooLarge)
  }

  @Test
  func `the default limits stop a bomb of a hundred bytes per level`() {
    let bomb = HostilePickle.all[0].bytes
    #expect(throws: ContentError.self) { try Pickle.decode(bomb) }
  }
}
