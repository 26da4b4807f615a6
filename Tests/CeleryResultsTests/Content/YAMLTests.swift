import CeleryResults
import Testing

@Suite
struct YAMLTests {
  /// Text, and what Python prints for what `yaml.safe_load` makes of it.
  static let examples: [(text: String, shown: String)] = [
    ("", "None"), ("~\n", "None"), ("yes\n", "True"), ("Off", "False"), ("y", "'y'"), ("'yes'\n", "'yes'"),
    ("1_000", "1000"), ("017", "15"), ("0o17", "'0o17'"), ("08", "'08'"), ("0x1F", "31"), ("0b101", "5"),
    ("-0x10", "-16"),
    ("190:20:30", "685230"), ("1:20.5", "80.5"), ("1.5", "1.5"), ("1e5", "'1e5'"), ("1.0e+16", "1e+16"),
    (".inf", "inf"),
    ("-.INF", "-inf"), (".NaN", "nan"),
    ("1" + String(repeating: "0", count: 99), "1" + String(repeating: "0", count: 99)),
    ("2024-01-02", "datetime.date(2024, 1, 2)"),
    ("2024-01-02 03:04:05.678900", "datetime.datetime(2024, 1, 2, 3, 4, 5, 678900)"),
    ("2024-01-02T03:04:05Z", "datetime.datetime(2024, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc)"),
    ("!!binary |\n  //79\n", "b'\\xff\\xfe\\xfd'"), ("!!set\n? 1\n? a\n", "{1, 'a'}"),
    ("!!set {}\n", "set()"),
    (
      "total: 42\nlist:\n- 1\n- - 2\n  - x: 3\n    y:\n    - 4\nlast: {a: [1, 2], 'b': \"c\"}\n",
      "{'total': 42, 'list': [1, [2, {'x': 3, 'y': [4]}]], 'last': {'a': [1, 2], 'b': 'c'}}"
    ),
    ("- &id001 [1]\n- *id001\n", "[[1], [1]]"),
    (
      "base: &b {a: 1, c: 2}\nd:\n  <<: *b\n  a: 3\n",
      "{'base': {'a': 1, 'c': 2}, 'd': {'a': 3, 'c': 2}}"
    ),
    ("\"a\\uD800b \\U0001F389 \\x41\"\n", "'a\\ud800b 🎉 A'"),
    ("|\n  one\n   two\n\n  three\n", "'one\\n two\\n\\nthree\\n'"),
    (">-\n  one\n  two\n\n  three\n", "'one two\\nthree'"), ("plain\n  text # comment\n", "'plain text'"),
    ("? a long key\n: value\n", "{'a long key': 'value'}"), ("%YAML 1.1\n---\na: 1\n...\n", "{'a': 1}"),
    ("'it''s\n\n  folded'", "\"it's\\nfolded\""),
    ("1: a\ntrue: b\nnull: c\n", "{1: 'a', True: 'b', None: 'c'}"),
  ]

  @Test(arguments: examples.map(\.text))
  func `text is read as PyYAML reads it`(text: String) throws {
    let shown = try #require(Self.examples.first { $0.text == text }?.shown)
    #expect(PythonRepresentation.text(try YAML.decode(text.utf8)) == shown)
  }

  @Test(arguments: PickleCorpus.entries.filter { $0.proto == 4 })
  func `what is written is read as the same value`(entry: PickleCorpus.Entry) throws {
    let value = try Pickle.decode(entry.bytes)
    guard let text = try? YAML.encode(value) else { return }
    #expect(try YAML.encode(YAML.decode(text.utf8)) == text)
    #expect(PythonRepresentation.text(try YAML.decode(text.utf8)).count > 0)
  }

  @Test(arguments: [
    "[", "{a: 1", "'a", "\"a", "\"\\q\"", "a: b: c", "*a", "!!python/object:os.system x", "- 1\n---\n- 2\n",
    "&a [*a]", "- a\nb\n",
    "2024-13-45", "{[1]: 2}", "!!int x", "<<: 1", "\tx: [", "]",
  ])
  func `what safe_load refuses is an error`(text: String) {
    #expect(throws: ContentError.self) { try YAML.decode(text.utf8) }
  }

  @Test(
    arguments: [
      ("0xffff_ffff_ffff_ffff_f", "295147905179352825855"), ("-0x10000000000000000", "-18446744073709551616"),
      ("0b1" + String(repeating: "0", count: 64), "18446744073709551616"),
      ("01" + String(repeating: "0", count: 22), "73786976294838206464"),
      ("0x" + String(repeating: "0", count: 5000) + "1", "1"), ("00000", "0"), ("0x0", "0"),
      ("0b" + String(repeating: "1", count: 70), "1180591620717411303423"),
    ]
  )
  func `an integer may be written in another base`(text: String, digits: String) throws {
    #expect(PythonRepresentation.text(try YAML.decode(text.utf8)) == digits)
  }

  @Test(arguments: [("0x", "f", 4), ("0", "7", 3), ("0b", "1", 1)])
  func `in every base an integer has the same limit`(prefix: String, digit: String, bits: Int) throws {
    // 4,300 decimal digits are 14,285 bits.
    let longest = prefix + String(repeating: digit, count: 14_285 / bits)
    guard case .bigInteger(let value) = try YAML.decode(longest.utf8) else {
      Issue.record("expected an integer beyond 64 bits")
      return
    }
    #expect((4298...4301).contains(value.digits.utf8.count))
    let tooLong = prefix + String(repeating: digit, count: 14_400 / bits)
    let error = #expect(throws: ContentError.self) { try YAML.decode(tooLong.utf8) }
    #expect(error != nil)
  }

  @Test
  func `deep nesting and aliases that stand for very much are errors`() {
    for text in [
      String(repeating: "[", count: 500_000), String(repeating: "- ", count: 500_000),
      String(repeating: "{a: ", count: 500_000), String(repeating: "? ", count: 500_000),
    ] {
      #expect(throws: ContentError.self) { try YAML.decode(text.utf8) }
    }
    var bomb = "- &a0 [x]\n"
    for level in 1...300 {
      bomb += "- &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n"
    }
    #expect(throws: ContentError.self) { try YAML.decode(bomb.utf8) }
  }

  @Test
  func `what safe_dump cannot write is refused by name`() throws {
    let values: [PythonValue] = [
      .set(PythonSet([1], isFrozen: true)), .tuple([.timedelta(try #require(PythonTimedelta(days: 1)))]),
      .dictionary(PythonDictionary([(.tuple([1]), 2)])),
    ]
    for value in values {
      let error = #expect(throws: ContentError.self) { try YAML.encode(value) }
      #expect(error?.code == .unsupportedValue)
    }
  }
}
