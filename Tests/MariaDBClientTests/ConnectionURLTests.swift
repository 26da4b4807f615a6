import MariaDBClient
import Testing

@Suite struct ConnectionURLTests {
  typealias Configuration = MariaDBConnection.Configuration

  @Test func `Reads every part`() throws {
    let configuration = try Configuration(
      url: "mysql://us%40er:p%2Fw@db.example:3307/re%20sults?ssl-mode=required&connect_timeout=3"
    )
    #expect(configuration.host == "db.example")
    #expect(configuration.port == 3307)
    #expect(configuration.username == "us@er")
    #expect(configuration.password == Password("p/w"))
    #expect(configuration.database == "re sults")
    #expect(configuration.tls == .required)
    #expect(configuration.connectTimeout == .seconds(3))
  }

  @Test(arguments: [
    "mysql://u:p@h/d", "mariadb://u:p@h/d", "db+mysql://u:p@h/d", "db+mysql+pymysql://u:p@h/d",
    "MySQL://u:p@h/d",
  ])
  func `Takes Celery's and SQLAlchemy's spellings`(url: String) throws {
    let configuration = try Configuration(url: url)
    #expect(configuration.host == "h")
    #expect(configuration.database == "d")
  }

  @Test func `Leaves out what the URL leaves out`() throws {
    let configuration = try Configuration(url: "mysql:///results?unix_socket=/run/mysqld/mysqld.sock")
    #expect(configuration.host == nil)
    #expect(configuration.port == nil)
    #expect(configuration.username == nil)
    #expect(configuration.password == nil)
    #expect(configuration.database == "results")
    #expect(configuration.unixSocket == "/run/mysqld/mysqld.sock")
  }

  @Test func `An @ or a colon in the password does no harm`() throws {
    let configuration = try Configuration(url: "mysql://u:a@b:c@h:3306/d")
    #expect(configuration.password == Password("a@b:c"))
    #expect(configuration.host == "h")
  }

  @Test func `Reads an IPv6 address`() throws {
    let configuration = try Configuration(url: "mysql://u@[::1]:3306/d")
    #expect(configuration.host == "::1")
    #expect(configuration.port == 3306)
  }

  @Test func `A CA file means that the certificate is checked`() throws {
    #expect(try Configuration(url: "mysql://h/d?ssl_ca=/ca.pem").tls == .verifyCA(authorityFile: "/ca.pem"))
    #expect(
      try Configuration(url: "mysql://h/d?ssl-ca=/ca.pem&ssl-mode=VERIFY_IDENTITY").tls
        == .verifyIdentity(authorityFile: "/ca.pem")
    )
  }

  @Test(arguments: [
    ("results", "scheme"), ("redis://h/0", "scheme"), ("mysql://u:secret@h:x/d", "port"),
    ("mysql://u:secret@h:99999/d", "port"), ("mysql://u:sec%ret@h/d", "password"),
    ("mysql://u:secret@h/d/e", "path"), ("mysql://u:secret@h/d?nonsense=secret", "nonsense"),
    ("mysql://u:secret@h/d?charset=latin1", "charset"), ("mysql://u:secret@h/d?ssl-mode=secret", "ssl-mode"),
    ("mysql://u:secret@[::1/d", "host"), ("mysql://u:secret@h/d?read_timeout=secret", "read_timeout"),
  ])
  func `Says which part is wrong, without the password`(url: String, part: String) {
    let error = #expect(throws: MariaDBError.self) { try Configuration(url: url) }
    #expect(error?.code == .invalidConfiguration)
    #expect(error?.description.contains(part) == true)
    #expect(error?.description.contains("secret") == false)
    #expect(error?.debugDescription.contains("secret") == false)
  }

  @Test func `A password never prints`() throws {
    let configuration = try Configuration(url: "mysql://u:secret@h/d")
    var dumped = ""
    dump(configuration, to: &dumped)
    for text in ["\(configuration)", String(reflecting: configuration), dumped] {
      #expect(!text.contains("secret"))
    }
  }
}
