import MariaDBClient
import TestSupport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A user of a throwaway database whose password occurs nowhere else, so that it can be looked for.
struct ToolUser {
  let name: String
  let password: String
  private let place: String

  /// Makes a user who may do everything in the database, lends it, and drops it.
  static func with<Result>(in database: ThrowawayDatabase, _ body: (ToolUser) async throws -> Result)
    async throws -> Result
  {
    let random = String(UInt64.random(in: .min ... .max), radix: 36)
    let place = database.url.drop { $0 != "@" }.dropFirst()
    // Characters that mean something in a URL, in an option file, or in a shell.
    let user = ToolUser(name: "t" + random, password: "Pw\(random)@:/%é$", place: String(place))
    let account = "'\(user.name)'@'%'"
    let databaseName = SQLStatement.quoted(identifier: database.configuration.database ?? "")
    try await database.client.query(
      "CREATE USER \(unescaped: account) IDENTIFIED BY '\(unescaped: user.password)'"
    )
    do {
      try await database.client.query("GRANT ALL ON \(unescaped: databaseName).* TO \(unescaped: account)")
      let result = try await body(user)
      try await database.client.query("DROP USER \(unescaped: account)")
      return result
    } catch {
      _ = try? await database.client.query("DROP USER \(unescaped: account)")
      throw error
    }
  }

  /// The password as a URL has it.
  var encodedPassword: String {
    password.utf8.map { byte in
      let digits = String(byte, radix: 16)
      return "%" + (digits.count == 1 ? "0" : "") + digits
    }.joined()
  }

  /// The URL of the database, with the password in plain characters as far as a URL allows them.
  var url: String {
    let halfEncoded = password.split(separator: "/", omittingEmptySubsequences: false)
      .joined(separator: "%2F").replacing("%é", with: "%25é")
    return "mysql://\(name):\(halfEncoded)@\(place)"
  }

  /// The URL of the database without a password.
  var urlWithoutPassword: String { "mysql://\(name)@\(place)" }

  /// The host and the port, and the name of the database.
  var hostPortAndDatabase: (host: Substring, port: Substring, database: Substring) {
    let parts = place.split { ":/".contains($0) }
    return (parts[0], parts[1], parts[2])
  }

  /// Whether a text has the password in it, as it is or as a URL has it.
  func isBetrayed(by text: String) -> Bool {
    // The random middle is in every spelling.
    text.contains(password.prefix { $0 != "@" })
  }
}
