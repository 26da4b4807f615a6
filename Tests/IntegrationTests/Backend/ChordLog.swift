import MariaDBClient
import TestSupport

/// What the server itself notes of claims and closes while chords run, by triggers.
struct ChordLog {
  let database: ThrowawayDatabase

  /// What came of it.
  struct Result: CustomStringConvertible {
    var firstClaims = 0
    var claims = 0
    var earlyClaims = 0
    var sends = 0
    var bodies = 0
    var wrongValues = 0
    var closes = 0
    var closesWithoutSend = 0
    var openChords = 0
    var counters = 0

    var description: String {
      """
      \(firstClaims) completions, \(claims - firstClaims) claimed again after the lease, \(sends) sends of \
      \(bodies) bodies, \(closes) closes
      """
    }
  }

  /// Makes the tables of the test and the triggers.
  ///
  /// The unique keys refuse a second claim of what was claimed once, and a second close.
  func makeTables() async throws {
    let statements = [
      """
      CREATE TABLE chord_test_delivery (
        id INT AUTO_INCREMENT PRIMARY KEY, group_id VARCHAR(50), part_id VARCHAR(50), number INT, shard INT,
        is_acknowledged INT NOT NULL DEFAULT 0, KEY (shard))
      """,
      """
      CREATE TABLE chord_test_send (
        group_id VARCHAR(50), body_id VARCHAR(50), token VARCHAR(64), is_right INT, PRIMARY KEY (group_id, token))
      """,
      """
      CREATE TABLE chord_test_claim (
        group_id VARCHAR(50), token VARCHAR(64), token_before VARCHAR(64), until_before DATETIME(6),
        at DATETIME(6), PRIMARY KEY (group_id, token_before))
      """,
      "CREATE TABLE chord_test_close (group_id VARCHAR(50) PRIMARY KEY, token VARCHAR(64))",
      """
      CREATE TRIGGER chord_test_claims AFTER UPDATE ON celery_results_chord FOR EACH ROW
      IF NOT NEW.claim_token <=> OLD.claim_token THEN
        INSERT INTO chord_test_claim VALUES
          (NEW.group_id, NEW.claim_token, COALESCE(OLD.claim_token, ''), OLD.claimed_until, UTC_TIMESTAMP(6));
      ELSEIF NOT NEW.date_closed <=> OLD.date_closed THEN
        INSERT INTO chord_test_close VALUES (NEW.group_id, NEW.claim_token);
      END IF
      """,
    ]
    try await database.client.run { handle in
      for statement in statements { try handle.query(text: statement) }
    }
  }

  func count(_ sql: String) async throws -> Int {
    try await database.client.run { try $0.query(text: sql).rows[0].decode(Int.self, at: 0) }
  }

  /// Counts what was noted.
  func result() async throws -> Result {
    var result = Result()
    result.firstClaims = try await count("SELECT COUNT(*) FROM chord_test_claim WHERE token_before = ''")
    result.claims = try await count("SELECT COUNT(*) FROM chord_test_claim")
    result.earlyClaims = try await count("SELECT COUNT(*) FROM chord_test_claim WHERE at < until_before")
    result.sends = try await count("SELECT COUNT(*) FROM chord_test_send")
    result.bodies = try await count(
      "SELECT COUNT(DISTINCT body_id) FROM chord_test_send WHERE body_id = CONCAT('body-of-', group_id)"
    )
    result.wrongValues = try await count(
      "SELECT COUNT(*) FROM chord_test_send WHERE NOT is_right OR body_id <> CONCAT('body-of-', group_id)"
    )
    result.closes = try await count("SELECT COUNT(*) FROM chord_test_close")
    result.closesWithoutSend = try await count(
      """
      SELECT COUNT(*) FROM chord_test_close c
      LEFT JOIN chord_test_send s ON s.group_id = c.group_id AND s.token = c.token WHERE s.token IS NULL
      """
    )
    result.openChords = try await count("SELECT COUNT(*) FROM celery_results_chord WHERE date_closed IS NULL")
    result.counters = try await count("SELECT COUNT(*) FROM django_celery_results_chordcounter")
    return result
  }
}
