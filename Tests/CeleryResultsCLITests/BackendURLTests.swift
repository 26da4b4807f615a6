import ArgumentParser
import Testing

@testable import CeleryResultsCLI

@Suite struct BackendURLTests {
  @Test(
    arguments: [
      ("redis://:secret@localhost:6379/0", "redis://"), ("db+postgresql://u:secret@h/d", "db+postgresql://"),
      ("db+sqlite:///secret.db", "db+sqlite://"), ("rpc://", "rpc://"),
      ("cache+memcached://secret/", "cache+memcached://"),
      ("mongodb://u:secret@h/d", "mongodb://"),
    ])
  func `Another kind of backend is refused with what to set instead`(url: String, shown: String) throws {
    let error = try #require(throws: ToolError.self) {
      try BackendURL.configuration(url, from: BackendURL.variable)
    }
    #expect(error.message.contains("CELERY_RESULT_BACKEND names another kind of backend, \(shown)"))
    #expect(error.message.contains("set CELERY_RESULT_BACKEND=mysql://user:password@host:port/database"))
    #expect(!error.message.contains("secret"))
    #expect(error.code == ToolExit.failure)
  }

  @Test(arguments: ["django-db", "django-cache"])
  func `Django's own backends are refused with where the parts of the URL are`(url: String) throws {
    let error = try #require(throws: ToolError.self) {
      try BackendURL.configuration(url, from: BackendURL.variable)
    }
    #expect(error.message.contains("CELERY_RESULT_BACKEND=\(url)"))
    #expect(error.message.contains("DATABASES['default']"))
    #expect(error.message.contains("CELERY_RESULT_BACKEND=mysql://user:password@host:port/database"))
    #expect(error.code == ToolExit.failure)
  }

  @Test(
    arguments: [
      "mysql://u:secret@h:port/d", "mysql://u:sec/secret@h/d", "mysql://u:secret@h/d?no=1", "u:secret@h",
      "mysql://u:secret%zz@h/d", "nonsense",
    ])
  func `A URL that cannot be read is refused without its password`(url: String) throws {
    let fromVariable = try #require(throws: ToolError.self) {
      try BackendURL.configuration(url, from: BackendURL.variable)
    }
    #expect(!fromVariable.message.contains("secret"))
    #expect(fromVariable.message.hasPrefix("CELERY_RESULT_BACKEND: "))
    #expect(fromVariable.code == ToolExit.failure)
    let fromFlag = try #require(throws: ToolError.self) { try BackendURL.configuration(url, from: "--url") }
    #expect(fromFlag.message.hasPrefix("--url: "))
    #expect(fromFlag.code == .validationFailure)
  }

  @Test(arguments: ["mysql", "mariadb", "db+mysql", "db+mysql+mysqldb", "MySQL", "mysql+pymysql"])
  func `Celery's and SQLAlchemy's spellings name the same server`(scheme: String) throws {
    let configuration = try BackendURL.configuration("\(scheme)://u:p@h:3307/d", from: BackendURL.variable)
    #expect("\(configuration)" == "h:3307/d")
  }

  @Test(
    arguments: [
      ("mysql://u:p@h/d", "mysql://u@h/d"), ("mysql://u:p@q:r@h:1/d", "mysql://u@h:1/d"),
      ("mysql://u:@h/d", "mysql://u@h/d"), ("mysql://u@h/d", "mysql://u@h/d"), ("mysql:///d", "mysql:///d"),
      ("mysql://h:3306/d?ssl-ca=/a@b", "mysql://h:3306/d?ssl-ca=/a@b"),
      ("mysql://u:a%2Fb@[::1]:1/d", "mysql://u@[::1]:1/d"),
      ("nonsense", "nonsense"),
    ])
  func `A URL is printed without its password`(url: String, shown: String) {
    #expect(BackendURL.withoutPassword(url) == shown)
  }
}
