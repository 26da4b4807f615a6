import Testing

@testable import MariaDBClient

@Suite struct MariaDBErrorTests {
  @Test func `A message that quotes data stays out of the description`() {
    let error = MariaDBError(
      errno: 1062,
      sqlState: "23000",
      message: "Duplicate entry 'secret' for key 't.id'"
    )
    #expect(error.code == .duplicateKey)
    #expect(!error.description.contains("secret"))
    #expect(error.description.contains("1062"))
    #expect(error.description.contains("23000"))
    #expect(error.debugDescription.contains("secret"))
  }

  @Test func `A message that names only tables and limits is shown`() {
    let error = MariaDBError(
      errno: 1071,
      sqlState: "42000",
      message: "Specified key was too long; max key length is 767 bytes"
    )
    #expect(error.code == .keyTooLong)
    #expect(error.description.contains("767"))
  }

  @Test(
    arguments: [
      (1213, .deadlock), (1205, .lockWaitTimeout), (2006, .connectionLost), (2013, .connectionLost),
      (4031, .connectionLost), (1045, .accessDenied), (2002, .connectionFailed), (1709, .keyTooLong),
      (1118, .rowTooLarge), (1317, .queryInterrupted), (1364, .columnNeedsValue), (1054, .unknownColumn),
    ] as [(UInt32, MariaDBError.Code)]
  )
  func `Error numbers have codes`(errno: UInt32, code: MariaDBError.Code) {
    #expect(MariaDBError(errno: errno, sqlState: "HY000", message: "").code == code)
  }

  @Test func `Deadlocks and lock waits can be told from other errors`() {
    #expect(MariaDBError(errno: 1213, sqlState: "40001", message: "").isTransient)
    #expect(MariaDBError(errno: 1205, sqlState: "HY000", message: "").isTransient)
    #expect(!MariaDBError(errno: 1062, sqlState: "23000", message: "").isTransient)
  }
}
