import ArgumentParser
import MariaDBClient

/// A URL as `CELERY_RESULT_BACKEND` has it.
enum BackendURL {
  static let variable = "CELERY_RESULT_BACKEND"
  private static let example = "mysql://user:password@host:port/database"

  /// Reads it.
  ///
  /// - Parameters:
  ///   - url: The URL.
  ///   - source: Where it comes from, for messages: the variable or the flag.
  /// - Throws: ``ToolError`` for another kind of backend; and for a URL that is not right.
  static func configuration(_ url: String, from source: String) throws -> MariaDBConnection.Configuration {
    // A flag is usage; the variable may be right for Celery.
    let code = source == variable ? ToolExit.failure : .validationFailure
    let scheme = (url.split(separator: ":", maxSplits: 1).first ?? "").lowercased()
    if url == "django-db" || url == "django-cache" {
      throw ToolError(
        "\(source)=\(url) leaves the server to Django's settings, which this tool does not read: set "
          + "\(variable)=\(example) with HOST, USER, PASSWORD and NAME of DATABASES['default']",
        code: code
      )
    }
    guard MariaDBConnection.Configuration.urlSchemes.contains(scheme) || !url.contains("://") else {
      throw ToolError(
        "\(source) names another kind of backend, \(scheme)://…; this tool needs MySQL or MariaDB: set "
          + "\(variable)=\(example) for this command, or use --url \(example)",
        code: code
      )
    }
    do {
      return try MariaDBConnection.Configuration(url: url)
    } catch {
      throw ToolError("\(source): \(error)", code: code)
    }
  }

  /// The URL without its password: for printing.
  static func withoutPassword(_ url: String) -> String {
    var bytes = Array(url.utf8)
    // A URL that can be read and has no password is right as it is, an @ further behind included.
    if let configuration = try? MariaDBConnection.Configuration(url: url), configuration.password == nil {
      return url
    }
    guard let password = ProcessArguments.passwordRange(in: bytes) else { return url }
    bytes.removeSubrange(password.lowerBound - 1..<password.upperBound)
    return String(decoding: bytes, as: UTF8.self)
  }
}
