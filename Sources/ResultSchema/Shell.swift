/// The shell that a printed command is typed into.
package enum Shell {
  /// A word as the shell must be given it.
  package static func quoted(_ word: String) -> String {
    let plain = word.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
        || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_./:@%+=,".utf8.contains(byte)
    }
    if plain, !word.isEmpty { return word }
    // By code points: an apostrophe and an accent are one character to Swift, and still end a quotation.
    return "'" + word.unicodeScalars.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
  }
}
