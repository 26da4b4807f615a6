import ResultSchema

/// The words of the command line, without leaving passwords where everybody can read them.
enum ProcessArguments {
  /// Takes the arguments, and overwrites the passwords of URLs in what `ps` shows, as the mysql client does.
  static func takeAndWipePasswords() -> [String] {
    // Reading them copies them: the words below are the process's own.
    let arguments = CommandLine.arguments
    for index in 1..<max(Int(CommandLine.argc), 1) {
      guard let word = CommandLine.unsafeArgv[index] else { continue }
      let text = String(cString: word)
      guard let password = passwordRange(in: Array(text.utf8)) else { continue }
      for position in password { word[position] = CChar(bitPattern: UInt8(ascii: "x")) }
    }
    return Array(arguments.dropFirst())
  }

  /// The tool as the user called it, for commands that are printed.
  static var toolName: String {
    // Found in PATH, it is found again by its name.
    let word = CommandLine.arguments.first ?? ""
    return word.contains("/") ? Shell.quoted(word) : "celery-results"
  }

  /// A message without the passwords of URLs among the words that it quotes.
  static func withoutPasswords(_ message: String, of words: [String]) -> String {
    words.reduce(message) { message, word in
      let bytes = Array(word.utf8)
      guard let password = passwordRange(in: bytes) else { return message }
      let secret = String(decoding: bytes[(password.lowerBound - 1)...password.upperBound], as: UTF8.self)
      return message.replacing(secret, with: ":xxx@")
    }
  }

  /// Where the password is in a word that is, or ends in, a URL with user and password.
  static func passwordRange(in word: [UInt8]) -> Range<Int>? {
    guard let scheme = word.firstRange(of: Array("://".utf8)) else { return nil }
    let begin = scheme.upperBound
    let end =
      word[begin...].firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? word.endIndex
    guard
      let at = word[begin..<end].lastIndex(of: UInt8(ascii: "@")) ?? word.lastIndex(of: UInt8(ascii: "@")),
      at > begin, let colon = word[begin..<at].firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return colon + 1..<at
  }
}
