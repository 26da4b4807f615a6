import MariaDBClient
import TestSupport

extension ThrowawayDatabase {
  /// Stores up to 10,000 results of 2020, every fourth of them a failure, in one statement.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - dates: How many different dates they have.
  func addOldResults(_ count: Int, dates: Int) async throws {
    let digits = (0...9).map { "SELECT \($0) AS n" }.joined(separator: " UNION ")
    try await client.query(
      """
      INSERT INTO django_celery_results_taskresult
        (task_id, status, content_type, content_encoding, date_done, date_created)
      SELECT CONCAT('old', n), IF(n % 4 = 0, 'FAILURE', 'SUCCESS'), '', '',
        TIMESTAMP('2020-01-01') + INTERVAL n % \(dates) SECOND, '2020-01-01'
      FROM (
        SELECT a.n + 10 * b.n + 100 * c.n + 1000 * d.n AS n
        FROM (\(unescaped: digits)) a, (\(unescaped: digits)) b, (\(unescaped: digits)) c,
          (\(unescaped: digits)) d
      ) AS numbers
      WHERE n < \(count)
      """
    )
  }
}
