import MariaDBClient
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime) struct TLSTests {
  static let server = TestServer.named("mariadb1011-tls")

  func cipher(_ server: TestServer?, host: String? = nil, _ tls: TLSConfiguration) async throws -> String? {
    var configuration = try #require(server).configuration()
    configuration.tls = tls
    if let host { configuration.host = host }
    let connection = try await MariaDBConnection.connect(configuration)
    let cipher = try await connection.run { $0.tlsCipher }
    await connection.close()
    return cipher
  }

  @Test func `Off is plain text; preferred and required are encrypted`() async throws {
    #expect(try await cipher(Self.server, .off) == nil)
    #expect(try await cipher(Self.server, .preferred) != nil)
    #expect(try await cipher(Self.server, .required) != nil)
  }

  @Test func `Preferred is plain text on a server without TLS, required is refused there`() async throws {
    #expect(try await cipher(.mariadb1011, .preferred) == nil)
    let error = await #expect(throws: MariaDBError.self) { try await cipher(.mariadb1011, .required) }
    #expect(error?.code == .tlsUnavailable)
  }

  @Test func `MySQL's own certificate is accepted where it is not checked`() async throws {
    #expect(try await cipher(.mysql97, .required) != nil)
  }

  @Test func `A certificate that the authority has signed is accepted`() async throws {
    let authority = TestServer.certificates + "/ca.pem"
    #expect(try await cipher(Self.server, .verifyCA(authorityFile: authority)) != nil)
    #expect(try await cipher(Self.server, .verifyIdentity(authorityFile: authority)) != nil)
  }

  @Test(arguments: [TLSConfiguration.Mode.verifyCA, .verifyIdentity])
  func `A certificate of another authority is refused`(mode: TLSConfiguration.Mode) async throws {
    let other = TestServer.certificates + "/other-ca.pem"
    let error = await #expect(throws: MariaDBError.self) {
      try await cipher(Self.server, TLSConfiguration(mode: mode, authorityFile: other))
    }
    #expect(error?.code == .tlsFailed)
    #expect(error?.errno == 2026)
  }

  @Test func `Without an authority's file the system's authorities count, which do not know this one`()
    async throws
  {
    let error = await #expect(throws: MariaDBError.self) { try await cipher(Self.server, .verifyIdentity()) }
    #expect(error?.code == .tlsFailed)
  }

  @Test func `Verify-CA without an authority's file is refused before anything is sent`() async throws {
    let error = await #expect(throws: MariaDBError.self) {
      try await cipher(Self.server, TLSConfiguration(mode: .verifyCA))
    }
    #expect(error?.code == .invalidConfiguration)
  }

  @Test(arguments: ["ssl-verify-server-cert = 0", "ssl-ca = ca-of-the-file.pem"])
  func `An option file cannot weaken the checks of the certificate`(line: String) async throws {
    let other = TestServer.certificates + "/other-ca.pem"
    let file = try TemporaryFile("[client]\n\(line.replacing("ca-of-the-file.pem", with: other))\n")
    defer { file.remove() }
    var configuration = try #require(Self.server).configuration()
    configuration.tls = .verifyIdentity(authorityFile: TestServer.certificates + "/ca.pem")
    configuration.optionFiles = .file(file.path, group: "celery-results")
    let error = await #expect(throws: MariaDBError.self) {
      try await MariaDBConnection.connect(configuration)
    }
    #expect(error?.code == .tlsFailed || error?.code == .invalidConfiguration)
  }

  @Test func `Only verify-identity asks for which host the certificate is`() async throws {
    let server = TestServer.named("mariadb1011-wronghost")
    let authority = TestServer.certificates + "/ca.pem"
    #expect(try await cipher(server, .verifyCA(authorityFile: authority)) != nil)
    let error = await #expect(throws: MariaDBError.self) {
      try await cipher(server, .verifyIdentity(authorityFile: authority))
    }
    #expect(error?.code == .tlsFailed)
  }
}
