/// Whether and how a connection is encrypted.
///
/// Source: the MySQL manual's "Configuring MySQL to Use Encrypted Connections" (`--ssl-mode`).
public struct TLSConfiguration: Sendable, Hashable {
  /// The modes of the mysql client's `--ssl-mode`.
  public enum Mode: String, Sendable, Hashable, CaseIterable {
    /// Plain text.
    case off = "DISABLED"
    /// TLS where the server offers it, without checking who the server is; else plain text.
    case preferred = "PREFERRED"
    /// TLS, without checking who the server is; a server without TLS is refused.
    case required = "REQUIRED"
    /// TLS, and the server's certificate must be signed by a known authority.
    case verifyCA = "VERIFY_CA"
    /// The same, and the certificate must be for the host's name.
    case verifyIdentity = "VERIFY_IDENTITY"
  }

  /// The mode.
  public var mode: Mode
  /// A file with the certificates of the authorities, PEM.
  ///
  /// Without one `verifyIdentity` takes the system's authorities; `verifyCA` needs it.
  public var authorityFile: String?
  /// A file with the client's certificate, PEM.
  public var certificateFile: String?
  /// A file with the client's private key, PEM.
  public var privateKeyFile: String?

  /// Makes a configuration.
  public init(
    mode: Mode,
    authorityFile: String? = nil,
    certificateFile: String? = nil,
    privateKeyFile: String? = nil
  ) {
    self.mode = mode
    self.authorityFile = authorityFile
    self.certificateFile = certificateFile
    self.privateKeyFile = privateKeyFile
  }

  /// Plain text.
  public static let off = TLSConfiguration(mode: .off)
  /// TLS where the server offers it.
  public static let preferred = TLSConfiguration(mode: .preferred)
  /// TLS, or no connection.
  public static let required = TLSConfiguration(mode: .required)

  /// TLS with a certificate that a known authority has signed.
  public static func verifyCA(authorityFile: String) -> TLSConfiguration {
    TLSConfiguration(mode: .verifyCA, authorityFile: authorityFile)
  }

  /// TLS with a certificate that a known authority has signed for the host's name.
  public static func verifyIdentity(authorityFile: String? = nil) -> TLSConfiguration {
    TLSConfiguration(mode: .verifyIdentity, authorityFile: authorityFile)
  }
}
