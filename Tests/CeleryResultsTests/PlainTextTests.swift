import CeleryResults
import Testing

/// Text that is looked at several bytes at a time, and written into memory that grows.
@Suite struct PlainTextTests {
  @Test(arguments: [
    "\"": "\\\"", "\\": "\\\\", "\n": "\\n", "\u{7F}": "\\u007f", "é": "\\u00e9", "😀": "\\ud83d\\ude00",
  ])
  func `What needs an escape is found wherever it stands`(character: String, escape: String) throws {
    for length in 0...80 {
      for position in 0...length {
        let before = String(repeating: "x", count: position)
        let after = String(repeating: " ", count: length - position)
        let text = PythonValue.string(before + character + after)
        let written = try PythonJSON.encode(text)
        #expect(written == "\"" + before + escape + after + "\"")
        #expect(try PythonJSON.decode(written) == text)
      }
    }
  }

  @Test(arguments: [1_020, 1_021, 1_022, 1_023, 1_024, 1_025, 5_000, 100_000])
  func `Text of any length is written`(length: Int) throws {
    let text = String(repeating: "y", count: length)
    #expect(try PythonJSON.encode(.string(text)) == "\"" + text + "\"")
    #expect(
      try PythonJSON.encode(.array([.string(text), .integer(.min), .string(text)]))
        == "[\"" + text + "\", -9223372036854775808, \"" + text + "\"]"
    )
  }

  @Test func `Integers are written with all their digits`() throws {
    for value in [0, 9, 10, 99, 100, 1_234_567_890, -1, -10, .max, .min] as [Int64] {
      #expect(try PythonJSON.encode(.integer(value)) == String(value))
    }
  }
}
