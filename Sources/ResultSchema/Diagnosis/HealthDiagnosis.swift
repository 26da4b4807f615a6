/// What is wrong with the server, and what stands about in the database.
struct HealthDiagnosis {
  let health: ServerHealth
  let facts: ServerFacts
  let found: FoundSchema

  var findings: [Finding] {
    chordCounters + leftovers + packets + isolation + timeZone + sqlMode + rightsFindings
  }

  private var chordCounters: [Finding] {
    var findings: [Finding] = []
    let table = CeleryTables.chordCounterName
    if health.emptyChordCounters > 0 {
      findings.append(
        Finding(
          .chordCounters,
          at: table,
          "\(health.emptyChordCounters) chord counters have a count of 0 and are still there",
          because:
            "such a row goes when its chord's callback is called, so it was not called; celery-results cleanup "
            + "deletes those whose parts' results have expired, Celery's own cleanup none",
          repairs: [Repair("DELETE FROM \(table) WHERE `count` = 0")]
        )
      )
    }
    let rest = health.chordCounters - health.emptyChordCounters
    if rest > 0 {
      findings.append(
        Finding(
          .chordCounters,
          at: table,
          "\(rest) chord counters wait for tasks to end",
          because:
            "the table has no dates: where no chord is running these are of tasks that were lost; celery-results "
            + "cleanup deletes those whose parts' results have expired, Celery's own cleanup none",
          isRemark: true
        )
      )
    }
    return findings
  }

  private var leftovers: [Finding] {
    let triggers = health.leftoverTriggers.map { trigger in
      Finding(
        .leftover,
        at: trigger,
        "a trigger of pt-online-schema-change is on a table",
        because:
          "where the tool is not running any more, each store writes twice, or fails when the trigger's "
          + "table is gone",
        repairs: [Repair("DROP TRIGGER \(SchemaGenerator().quoted(trigger))")]
      )
    }
    let tables = health.leftoverTables.map { table in
      Finding(
        .leftover,
        at: table,
        "the table is left from pt-online-schema-change or from a migration on a cluster",
        because:
          "it takes room, and the next run of that tool stops at it; drop it only where no such tool is "
          + "running",
        isRemark: true,
        repairs: [Repair("DROP TABLE \(SchemaGenerator().quoted(table))")]
      )
    }
    return triggers + tables
  }

  private var packets: [Finding] {
    guard health.maxAllowedPacket < 16 << 20 else { return [] }
    return [
      Finding(
        .packetSize,
        at: "max_allowed_packet",
        "the server takes packets of up to \(health.maxAllowedPacket) bytes",
        because: "a larger result, traceback or list of arguments ends the connection (errors 1153, 2006); "
          + "the option file must say it too, or it is gone at the next start",
        isRemark: true,
        repairs: [Repair("SET GLOBAL max_allowed_packet = \(64 << 20)")]
      )
    ]
  }

  private var isolation: [Finding] {
    guard health.binaryLogFormat?.uppercased() == "STATEMENT" else { return [] }
    return [
      Finding(
        .isolationLevel,
        at: "binlog_format",
        "the binary log is written as STATEMENT, and sessions begin with \(health.isolationLevel)",
        because:
          "Django and this tool store with READ COMMITTED, which such a log refuses with error 1665; the "
          + "option file must say it too, or it is gone at the next start",
        repairs: [Repair("SET GLOBAL binlog_format = 'ROW'")]
      )
    ]
  }

  private var timeZone: [Finding] {
    let utc: Set<String> = ["UTC", "+00:00", "-00:00", "GMT", "UCT", "ETC/UTC", "ZULU"]
    guard !utc.contains(health.timeZone.uppercased()) else { return [] }
    return [
      Finding(
        .timeZone,
        at: "time_zone",
        "the server's clock shows \(health.timeZone)",
        because:
          "django-celery-results takes date_started from it and every other date in UTC; this tool stores "
          + "UTC; the option file must say it too, or it is gone at the next start",
        isRemark: true,
        repairs: [Repair("SET GLOBAL time_zone = '+00:00'")]
      )
    ]
  }

  private var sqlMode: [Finding] {
    var strict = facts
    strict.sqlMode = health.sqlMode
    guard !strict.isStrict else { return [] }
    return [
      Finding(
        .sqlMode,
        at: "sql_mode",
        "the server is not strict: \(health.sqlMode.isEmpty ? "no mode is set" : health.sqlMode)",
        because: "others store values that are too long cut, and without an error; Django warns of it "
          + "(mysql.W002), this tool is strict in its own sessions",
        isRemark: true,
        repairs: [Repair("SET GLOBAL sql_mode = CONCAT(@@GLOBAL.sql_mode, ',STRICT_TRANS_TABLES')")]
      )
    ]
  }
}
