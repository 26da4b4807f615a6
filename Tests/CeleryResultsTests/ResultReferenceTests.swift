import CeleryResults
import Testing

struct ResultReferenceTests {
  /// As `as_tuple()` of celery 5.6.3 gives them.
  private static let written: [(ResultReference, String)] = [
    ("a", #"[["a", null], null]"#),
    (ResultReference("a", parent: "p"), #"[["a", [["p", null], null]], null]"#),
    (ResultReference("g", children: []), #"[["g", null], []]"#),
    (
      ResultReference(
        "g",
        parent: ResultReference("p", parent: "pp"),
        children: ["a", ResultReference("in", children: ["b"])]
      ),
      #"[["g", [["p", [["pp", null], null]], null]], [[["a", null], null], [["in", null], [[["b", null], null]]]]]"#
    ),
  ]

  @Test(arguments: written)
  func `a task or group is written as Celery writes it, and read back`(
    reference: ResultReference,
    text: String
  ) throws {
    #expect(try PythonJSON.encode(reference.celeryValue) == text)
    #expect(ResultReference(celeryValue: try PythonJSON.decode(text)) == reference)
  }

  @Test
  func `an id alone and an empty parent are read too`() throws {
    #expect(ResultReference(celeryValue: ["a", nil]) == "a")
    #expect(ResultReference(celeryValue: ["g", [["b", nil]]]) == ResultReference("g", children: ["b"]))
    #expect(ResultReference(celeryValue: [["a", ""], nil]) == "a")
    #expect(ResultReference("g", children: []).isGroup)
    #expect(!ResultReference("a").isGroup)
  }

  @Test(
    arguments: [nil, [], ["a"], [5, nil], [["a"], nil], [["a", 5], nil], ["a", 5], ["a", [5]]]
      as [PythonValue]
  )
  func `anything else is no reference`(value: PythonValue) {
    #expect(ResultReference(celeryValue: value) == nil)
  }
}
