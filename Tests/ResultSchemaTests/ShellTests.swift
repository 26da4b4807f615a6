import Testing

import ResultSchema

@Suite struct ShellTests {
  @Test(arguments: ["a", "--url", "mysql://u@h:1/d", "/x/y.cnf"])
  func `A word without anything special stays as it is`(word: String) {
    #expect(Shell.quoted(word) == word)
  }

  @Test(
    arguments: [
      ("", "''"), ("two words", "'two words'"), ("it's", "'it'\\''s'"), ("'", "''\\'''"),
      ("$HOME", "'$HOME'"),
      ("~", "'~'"), ("a;b", "'a;b'"), ("a\nb", "'a\nb'"), ("?ssl-mode", "'?ssl-mode'"), ("é", "'é'"),
    ])
  func `A word that the shell would change is quoted`(word: String, quoted: String) {
    #expect(Shell.quoted(word) == quoted)
  }
}
