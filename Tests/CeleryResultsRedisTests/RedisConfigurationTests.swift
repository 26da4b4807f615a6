import CeleryResultsRedis
import Testing

struct RedisConfigurationTests {
  @Test func `A whole URL is read, as Celery writes it`() throws {
    let configuration = try RedisConfiguration(
      url: "redis://us%40er:p%2Fa%3Ass@cache.example.com:6390/3?socket_timeout=2.5&max_connections=2"
        + "&socket_connect_timeout=1&health_check_interval=30"
    )
    #expect(configuration.host == "cache.example.com")
    #expect(configuration.port == 6390)
    #expect(configuration.username == "us@er")
    #expect(configuration.password == "p/a:ss")
    #expect(configuration.database == 3)
    #expect(configuration.socketTimeout == .milliseconds(2500))
    #expect(configuration.connectTimeout == .seconds(1))
    #expect(configuration.maximumConnections == 2)
  }

  @Test func `What is left out is Redis' own default`() throws {
    let configuration = try RedisConfiguration(url: "redis://")
    #expect(configuration == RedisConfiguration())
    #expect(configuration.description == "localhost:6379/0")
    #expect(try RedisConfiguration(url: "redis://h/?db=2").database == 2)
    #expect(try RedisConfiguration(url: "redis://[::1]:7000/1").description == "::1:7000/1")
  }

  @Test func `A password without a user, and an @ in it`() throws {
    let configuration = try RedisConfiguration(url: "redis://:s@cret@127.0.0.1")
    #expect(configuration.username == nil)
    #expect(configuration.password == "s@cret")
    #expect(configuration.host == "127.0.0.1")
  }

  @Test(arguments: ["redis+socket", "socket"])
  func `A Unix socket`(scheme: String) throws {
    let configuration = try RedisConfiguration(url: "\(scheme)://:secret@/run/redis.sock?virtual_host=/4")
    #expect(configuration.unixSocket == "/run/redis.sock")
    #expect(configuration.database == 4)
    #expect(configuration.password == "secret")
  }

  @Test(arguments: [
    "redis", "mysql://secret@h", "rediss://:secret@h", "redis://:sec/ret@h", "redis://:secret@h:0",
    "redis://:secret@h:port", "redis://:secret@h/x", "redis://:secret@h/-1", "redis://:sec%ret@h",
    "redis://:secret%00@h", "redis://:secret@h?ssl_cert_reqs=none", "redis://:sec?ret=1@h",
    "socket://:secret@",
    "redis://:secret@h?socket_timeout=0", "redis://:secret@h?socket_timeout=nan",
    "redis://:secret@h?max_connections=0", "redis://:secret@[::1",
  ])
  func `A URL that cannot be used is refused without showing its password`(url: String) {
    let error = #expect(throws: RedisError.self) { try RedisConfiguration(url: url) }
    #expect(error?.code == .invalidConfiguration)
    #expect(error.map { String(reflecting: $0).contains("ret") } == false)
  }

  @Test func `TLS is refused with a way out`() {
    let error = #expect(throws: RedisError.self) { try RedisConfiguration(url: "rediss://h") }
    #expect(error?.description.contains("TLS") == true)
    #expect(error?.description.contains("stunnel") == true)
  }

  @Test func `A password shows nowhere`() throws {
    let configuration = try RedisConfiguration(url: "redis://user:hunter2@h")
    var dumped = ""
    dump(configuration, to: &dumped)
    for text in ["\(configuration)", String(reflecting: configuration), dumped] {
      #expect(!text.contains("hunter2"))
    }
  }
}
