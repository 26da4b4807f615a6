import Testing

@testable import CeleryResultsCLI

@Suite struct ProcessArgumentsTests {
  private static func password(_ word: String) -> String? {
    let bytes = Array(word.utf8)
    return ProcessArguments.passwordRange(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  @Test(
    arguments: [
      ("mysql://u:p@h/d", "p"), ("--url=mysql://u:p@h/d", "p"), ("mysql://u:p@h", "p"),
      ("mysql://u:p@h?x=1", "p"),
      ("db+mysql+mysqldb://u:p@h/d", "p"), ("mysql://u:a@b@h/d", "a@b"), ("mysql://u:a:b@h/d", "a:b"),
      ("mysql://u:a/b@h/d", "a/b"), ("mysql://u:a?b@h/d", "a?b"), ("mysql://u:a%40b@h/d", "a%40b"),
      ("mysql://u:日本@h/d", "日本"), ("mysql://:p@h/d", "p"), ("mysql://u:p@[::1]:3306/d", "p"),
      ("mysql://u:@h/d", ""),
      ("mysql://u:p@h/d?ssl-ca=/a@b", "p"),
    ])
  func `The password of a URL is found`(word: String, password: String) {
    #expect(Self.password(word) == password)
  }

  @Test(arguments: [
    "", "get", "--url", "mysql://h/d", "mysql://u@h/d", "mysql://h:3306/d", "u:p@h", "a:b", "://",
    "mysql://@h",
  ])
  func `A word without a password has none`(word: String) {
    #expect(Self.password(word) == nil)
  }

  @Test
  func `A message does not repeat the passwords of the command line`() {
    let words = ["get", "--url=mysql://u:secret@h/d", "mysql://a:b@c@d/e", "x"]
    #expect(
      ProcessArguments.withoutPasswords("no mysql://u:secret@h/d, no mysql://a:b@c@d/e, but x", of: words)
        == "no mysql://u:xxx@h/d, no mysql://a:xxx@d/e, but x"
    )
    #expect(ProcessArguments.withoutPasswords("nothing", of: words) == "nothing")
  }
}
