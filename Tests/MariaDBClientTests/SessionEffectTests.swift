import Testing

@testable import MariaDBClient

@Suite struct SessionEffectTests {
  @Test(arguments: [
    "SELECT 1", "select * from t where a = ?", "INSERT INTO t VALUES (?)", "UPDATE t SET a = 1",
    "SHOW WARNINGS", "SELECT @@version", "CREATE TABLE t (a INT)", "DELETE FROM t", "COMMIT",
  ])
  func `An ordinary statement leaves nothing behind`(sql: String) {
    #expect(SessionEffect(sql: sql) == .none)
  }

  @Test(arguments: [
    "SET @a = 1", "SET sql_mode = ''", "USE other", "LOCK TABLES t WRITE", "SELECT GET_LOCK(?, 1)",
    "SELECT @a := 1", "DO get_lock('x', 1)", "CREATE TEMPORARY TABLE t (a INT)", "CALL p()", "XA START 'x'",
    "SELECT @@version, @a", "PREPARE s FROM 'x'", "", "(SELECT 1) UNION (SELECT 2)",
  ])
  func `What changes the session, or may, is noticed`(sql: String) {
    #expect(SessionEffect(sql: sql) == .changesSession)
  }
}
