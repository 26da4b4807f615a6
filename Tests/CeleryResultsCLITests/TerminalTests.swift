import Testing

@testable import CeleryResultsCLI

@Suite struct TerminalTests {
  @Test(
    arguments: [
      ("\u{1B}[2J", "\\u{1b}[2J"), ("\u{07}", "\\u{7}"), ("a\rb", "a\\u{d}b"), ("\u{9B}31m", "\\u{9b}31m"),
      ("\u{7F}", "\\u{7f}"), ("\u{8}", "\\u{8}"), ("\0", "\\u{0}"), ("\u{202E}cba", "\\u{202e}cba"),
      ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"), ("\u{1B}]0;title\u{07}", "\\u{1b}]0;title\\u{7}"),
    ])
  func `What a terminal would take for a command is shown as an escape`(text: String, shown: String) {
    #expect(Terminal.harmless(text) == shown)
    #expect(Terminal.harmless(text, keepingLines: true) == shown)
  }

  @Test
  func `Lines and tabs are kept only where they are wanted`() {
    #expect(Terminal.harmless("a\n\tb", keepingLines: true) == "a\n\tb")
    #expect(Terminal.harmless("a\n\tb") == "a  b")
    #expect(Terminal.harmless("a\r\nb", keepingLines: true) == "a\\u{d}\nb")
  }

  @Test(arguments: ["Grüße, 世界 🎉", "👩‍👩‍👧", "العربية", "עברית", "e\u{301}"])
  func `Text stays as it is`(text: String) {
    #expect(Terminal.harmless(text) == text)
  }
}
