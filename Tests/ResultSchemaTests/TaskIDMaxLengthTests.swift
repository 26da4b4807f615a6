import ResultSchema
import Testing

@Suite("DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH")
struct TaskIDMaxLengthTests {
  @Test(
    "Absent, auto or a whole number of at least 1",
    arguments: [
      (nil, TaskIDMaxLength.standard), ("", .standard), ("auto", .auto), ("AUTO", .auto), ("1", .length(1)),
      ("191", .length(191)), ("0191", .length(191)), ("70000", .length(70000)),
    ] as [(String?, TaskIDMaxLength)]
  )
  func accepts(value: String?, expected: TaskIDMaxLength) throws {
    #expect(try TaskIDMaxLength(value) == expected)
  }

  @Test(
    "Anything else is refused by name and value",
    arguments: ["0", "-1", "+5", "12.5", "1e3", " 191", "abc", "191;", "１９１"]
  )
  func refuses(value: String) throws {
    let error = try #require(throws: TaskIDMaxLengthError.self) { try TaskIDMaxLength(value) }
    #expect(error.code == .notAWholeNumber)
    #expect(
      error.description
        == "DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=\(value) is neither auto nor a whole number of at least 1"
    )
  }

  @Test(
    "A number as large as an integer holds is refused like any other that does not fit",
    arguments: ["9223372036854775807", "3074457345618258603"]
  )
  func largeNumber(value: String) throws {
    let schema = standardSchema(try facts("9.7.4-2")).with(try TaskIDMaxLength(value))
    #expect(!schema.fits)
    #expect(schema.remedies.map(\.schema.taskIDMaxLength) == [768])
    let text = KeyLengthExplanation(schema: schema, command: "m", settingValue: value).description
    #expect(
      text.hasPrefix(
        "DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=\(value) is more than this server can index or keep in a row; "
          + "the largest that would do here is 768."
      )
    )
  }

  @Test("A number too large for an integer is refused by name and value")
  func tooLargeNumber() throws {
    let value = "99999999999999999999"
    let error = try #require(throws: TaskIDMaxLengthError.self) { try TaskIDMaxLength(value) }
    #expect(error.code == .tooLong)
    #expect(error.description.hasPrefix("DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=\(value) is more than"))
  }

  @Test("The largest that would do can be added to the refusal of what is no number")
  func largest() throws {
    var error = try #require(throws: TaskIDMaxLengthError.self) { try TaskIDMaxLength("0") }
    error.largest = 768
    #expect(error.description.hasSuffix("of at least 1; the largest that would do here is 768"))
  }
}
