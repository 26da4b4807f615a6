import CeleryResults
import Testing

@Suite
struct PickleTests {
  @Test
  func `the corpus is there, in all protocols`() {
    #expect(PickleCorpus.entries.count > 400)
    #expect(Set(PickleCorpus.entries.map(\.proto)) == Set(0...5))
  }

  @Test(arguments: PickleCorpus.entries)
  func `what Python pickled is read`(entry: PickleCorpus.Entry) throws {
    #expect(PythonRepresentation.text(try Pickle.decode(entry.bytes)) == entry.shown)
  }

  @Test(arguments: PickleCorpus.entries.filter { $0.proto == 4 })
  func `what is written is read as the same value`(entry: PickleCorpus.Entry) throws {
    let value = try Pickle.decode(entry.bytes)
    if entry.shown.contains("<") {
      let error = #expect(throws: ContentError.self) { try Pickle.encode(value) }
      #expect(error?.code == .unsupportedValue)
    } else {
      #expect(try Pickle.decode(Pickle.encode(value)) == value)
    }
  }

  @Test
  func `an exception that Python may not have is written as Celery does`() throws {
    let exception = RemoteException(type: "CardRefused", module: "shop", arguments: ["x", 1])
    let bytes = try Pickle.encode(.exception(exception))
    #expect(String(decoding: bytes, as: UTF8.self).contains("UnpickleableExceptionWrapper"))
    #expect(try Pickle.decode(bytes) == .exception(exception))
  }

  @Test
  func `an opaque object keeps its class and what it would be made with`() throws {
    // datetime.datetime(2024, 7, 1, 12, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    let entry = try #require(
      PickleCorpus.entries.first { $0.shown == "<datetime.datetime>" && $0.proto == 4 }
    )
    guard case .opaque(let object) = try Pickle.decode(entry.bytes) else {
      Issue.record("expected an opaque value")
      return
    }
    #expect("\(object)" == "datetime.datetime")
    let arguments = try #require(object.arguments)
    #expect(PythonRepresentation.text(arguments[0]) == "datetime.datetime(2024, 7, 1, 12, 0)")
    guard case .opaque(let zone) = arguments[1] else {
      Issue.record("expected a time zone")
      return
    }
    #expect(zone.arguments?.first == "Europe/Berlin")
  }

  @Test
  func `errors say where, and hold no content`() throws {
    let secret = Array("\u{80}\u{04}\u{8C}\u{06}secret".unicodeScalars.map { UInt8($0.value) })
    let error = #expect(throws: ContentError.self) { try Pickle.decode(secret) }
    #expect(error?.code == .unexpectedEnd)
    #expect(error?.byteOffset == secret.count)
    #expect(error?.description.contains("secret") == false)
  }

  @Test(arguments: [
    (PythonValue.string(PythonString(utf16: [0x61, 0xD800])), "surrogate"),
    (.bigInteger(10), "fit"),
  ])
  func `what a Swift type cannot hold is a clear error`(value: PythonValue, expected: String) throws {
    let read = try Pickle.decode(Pickle.encode(value))
    #expect(read == value)
    func text(_ body: () throws -> some Any) -> String {
      do {
        _ = try body()
        return "no error"
      } catch {
        return "\(error)"
      }
    }
    let described =
      value.typeName == "str"
      ? text { try PythonValueDecoder().decode(String.self, from: read) }
      : text { try PythonValueDecoder().decode(Int.self, from: read) }
    #expect(described.contains(expected))
  }
}

extension PythonValue {
  /// The integer of 100 digits that begins with these.
  fileprivate static func bigInteger(_ first: Int) -> PythonValue {
    PythonValue(integerDigits: "\(first)" + String(repeating: "7", count: 98)) ?? .null
  }
}
