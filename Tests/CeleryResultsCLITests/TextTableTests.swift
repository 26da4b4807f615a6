import Testing

@testable import CeleryResultsCLI

@Suite struct TextTableTests {
  @Test
  func `Columns are as wide as their widest cell, and lines have no spaces at their ends`() {
    var table = TextTable(["ID", "STATE", "NAME"])
    table.rows = [["1", "SUCCESS", "add"], ["12345", "OK", ""]]
    #expect(
      table.text == """
        ID     STATE    NAME
        1      SUCCESS  add
        12345  OK
        """
    )
  }

  @Test
  func `A table without rows is its headings`() {
    #expect(TextTable(["ID", "STATE"]).text == "ID  STATE")
  }

  @Test(
    arguments: [
      ("abc", 3), ("日本語", 6), ("한글", 4), ("😀", 2), ("👩‍👩‍👧", 2), ("é", 1), ("e\u{301}", 1), ("Ａ", 2), ("ｱ", 1),
      ("", 0),
    ])
  func `East Asian characters and emoji take two cells`(text: String, width: Int) {
    #expect(TextTable.width(of: text) == width)
  }

  @Test
  func `Wide characters do not shift the columns behind them`() {
    var table = TextTable(["NAME", "STATE"])
    table.rows = [["日本", "A"], ["x", "B"]]
    #expect(table.text == "NAME  STATE\n日本  A\nx     B")
  }
}
