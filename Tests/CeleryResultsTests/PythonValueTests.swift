import CeleryResults
import Testing

struct PythonValueTests {
  @Test
  func `text is equal by code points, as in Python`() {
    #expect("é" as PythonString != "e\u{301}" as PythonString)
    #expect(PythonString(utf16: [0x61]) == "a")
    #expect(PythonString(utf16: [0xD83D, 0xDC0D]) == "🐍")
    #expect(PythonString(utf16: [0xDC0D, 0xD83D]).text == nil)
    #expect(PythonString(utf16: [0xD800]).description == "\u{FFFD}")
    #expect(Set<PythonString>(["é", "e\u{301}", PythonString(utf16: [0xE9])]).count == 2)
  }

  @Test
  func `a value equals itself, NaN and dictionaries in another order too`() {
    let value: PythonValue = ["a": .double(.nan), "b": [-0.0]]
    let other: PythonValue = ["b": [0.0], "a": .double(.nan)]
    #expect(value == other)
    #expect(value.hashValue == other.hashValue)
    #expect(value != ["a": .double(.nan)])
    #expect(1 as PythonValue != 1.0)
    #expect(1 as PythonValue != true)
  }

  @Test
  func `an integer has one form, whatever its digits`() {
    #expect(PythonValue(integerDigits: "-007") == -7)
    #expect(PythonValue(integerDigits: "-0") == 0)
    #expect(PythonValue(integerDigits: "+0009223372036854775808") == PythonValue(UInt64(1) << 63))
    #expect(PythonValue(integerDigits: "-9223372036854775808") == .integer(.min))
    for text in ["", "-", "+-1", "1.0", "1e3", "٣", "1 "] {
      #expect(PythonValue(integerDigits: text) == nil)
    }
  }

  @Test
  func `a decimal is text that Python's Decimal takes`() {
    for text in ["1.10", "-1E+5", ".5", "5.", "Infinity", "-inf", "NaN12", "sNaN", " 1_000 "] {
      #expect(PythonDecimal(text) != nil, "\(text)")
    }
    for text in ["", ".", "1 0", "1e", "e5", "--1", "1.2.3", "nanx", "0x10", "12 _"] {
      #expect(PythonDecimal(text) == nil, "\(text)")
    }
    #expect(PythonDecimal(" 1_000 ")?.text == "1000")
  }

  @Test
  func `a dictionary keeps the order of its keys`() {
    var object: PythonObject = ["b": 1, "a": 2]
    object["b"] = 3
    object["c"] = 4
    object["a"] = nil
    #expect(object.keys == ["b", "c"])
    #expect(object["b"] == 3)
    #expect(object.count == 2)
  }
}
