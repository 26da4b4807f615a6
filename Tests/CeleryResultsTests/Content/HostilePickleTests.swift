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

  @Test
  func `the default limits stop a bomb of a hundred bytes per level`() {
    let bomb = HostilePickle.all[0].bytes
    #expect(throws: ContentError.self) { try Pickle.decode(bomb) }
  }
}
