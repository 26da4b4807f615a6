import Testing

@testable import CeleryResultsRedis

struct RedisErrorTests {
  @Test(arguments: [
    ("WRONGPASS invalid username-password pair secret", RedisError.Code.loginRefused, "(WRONGPASS)"),
    ("NOAUTH Authentication required. secret", .loginRefused, "password"),
    ("READONLY You can't write against a read only replica. secret", .refused, "replica"),
    ("NOPERM this user has no permissions secret", .refused, "subscribe"),
    ("ERR unknown command 'x', with args beginning with: 'secret'", .refused, "(ERR)"),
    ("secret", .refused, "refused"),
  ])
  func `What the server says becomes a code, and its text is not repeated`(
    message: String,
    code: RedisError.Code,
    text: String
  ) {
    let error = RedisError(reply: message)
    #expect(error.code == code)
    #expect(error.description.contains(text))
    #expect(!error.description.contains("secret"))
    #expect(error.debugDescription.contains("secret"))
  }

  @Test(arguments: [
    ("READONLY You can't write against a read only replica.", true),
    ("LOADING Redis is loading the dataset in memory", true),
    ("MASTERDOWN Link with MASTER is down", true), ("NOPERM this user has no permissions", false),
    ("OOM command not allowed when used memory > 'maxmemory'", false), ("ERR READONLY", false),
    ("NOAUTH Authentication required.", false),
  ])
  func `What another server may do, or this one later, is tried again`(message: String, isTransient: Bool) {
    let error = RedisError(reply: message)
    #expect(error.isTransient == isTransient)
    #expect(error.isOfAnotherServersTurn == isTransient)
  }

  @Test func `A command is an array of strings with their lengths in bytes`() {
    let command = RedisCommand("SET", "é", "a\r\n")
    #expect(command.bytes == Array("*3\r\n$3\r\nSET\r\n$2\r\né\r\n$3\r\na\r\n\r\n".utf8))
  }
}
