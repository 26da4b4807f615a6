import ResultSchema
import Testing

@Suite struct HealthDiagnosisTests {
  private func findings(_ change: (inout ServerHealth) -> Void) -> [Finding] {
    var health = ServerHealth()
    health.rights.rights = Rights.storing.union(Rights.migrating)
    change(&health)
    var found = FoundSchema.made()
    for name in CeleryTables.names {
      found.change(name) { table in
        for position in table.columns.indices where table.columns[position].collation != nil {
          table.columns[position].collation = "utf8mb4_bin"
        }
      }
    }
    return Diagnosis(found: found, facts: DiagnosisTests.facts, health: health).findings
  }

  @Test func `A server that is as it should be is not spoken of`() {
    #expect(findings { _ in } == [])
  }

  @Test func `Variables that matter are named`() {
    #expect(findings { $0.maxAllowedPacket = 1 << 20 }.map(\.kind) == [.packetSize])
    #expect(findings { $0.timeZone = "CET" }.map(\.kind) == [.timeZone])
    #expect(findings { $0.timeZone = "+05:00" }.map(\.kind) == [.timeZone])
    #expect(findings { $0.timeZone = "+00:00" } == [])
    #expect(findings { $0.sqlMode = "NO_ENGINE_SUBSTITUTION" }.map(\.kind) == [.sqlMode])
    #expect(findings { $0.binaryLogFormat = "ROW" } == [])
    let log = findings { $0.binaryLogFormat = "STATEMENT" }
    #expect(log.map(\.kind) == [.isolationLevel])
    #expect(log.first?.isRemark == false)
  }

  @Test func `Chord counters that wait are a remark, those with nothing to wait for a fault`() {
    let found = findings {
      $0.chordCounters = 3
      $0.emptyChordCounters = 1
    }
    #expect(found.map(\.isRemark) == [false, true])
    #expect(found.last?.description.hasPrefix("2 ") == true)
  }

  @Test func `Rights that are missing are a fault only for a user that can neither store nor migrate`() {
    #expect(findings { $0.rights.rights = Rights.storing }.map(\.isRemark) == [true])
    #expect(findings { $0.rights.rights = Rights.migrating }.map(\.isRemark) == [true])
    let poor = findings { $0.rights.rights = ["SELECT", "INSERT"] }
    #expect(poor.map(\.isRemark) == [false, true])
    #expect(poor.first?.statements == ["GRANT DELETE, UPDATE ON `celery`.* TO 'celery'@'%'"])
    let root = findings { $0.rights.globalRights = ["ALL PRIVILEGES"] }
    #expect(root.map(\.kind) == [.moreRights])
    #expect(root.map(\.isRemark) == [true])
  }

  private func rights(_ grants: String...) -> Rights {
    Rights(grants: grants, user: "u@%", database: "my_db", tables: ["a", "b"])
  }

  @Test func `SHOW GRANTS is read as the servers write it`() {
    let all = rights("GRANT ALL PRIVILEGES ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '*80' WITH GRANT OPTION")
    #expect(all.rights.isSuperset(of: Rights.storing.union(Rights.migrating)))
    #expect(all.globalRights == ["ALL PRIVILEGES"])
    #expect(all.mayGrant)
    #expect(
      rights("GRANT USAGE ON *.* TO `u`@`%`", "GRANT SELECT, INSERT ON `my\\_db`.* TO `u`@`%`").rights
        .isSuperset(of: ["SELECT", "INSERT"])
    )
    #expect(rights("GRANT SELECT ON `my%`.* TO `u`@`%`").rights == ["SELECT"])
    #expect(rights("GRANT SELECT ON `other`.* TO `u`@`%`").rights == [])
    #expect(rights("GRANT SELECT (x, y), INSERT ON `my_db`.* TO `u`@`%`").rights == ["INSERT"])
    #expect(rights("GRANT SELECT ON *.* TO `u`@`%`", "REVOKE SELECT ON `my_db`.* FROM `u`@`%`").rights == [])
    #expect(rights("GRANT `role`@`%` TO `u`@`%`").rights == [])
  }

  @Test func `Rights on single tables count where every table has them`() {
    let both = rights(
      "GRANT SELECT, DELETE ON `my_db`.`a` TO `u`@`%`",
      "GRANT SELECT ON `my_db`.`b` TO `u`@`%`"
    )
    #expect(both.rights == ["SELECT"])
    #expect(
      rights("GRANT SELECT ON `other`.`a` TO `u`@`%`", "GRANT SELECT ON `other`.`b` TO `u`@`%`").rights == []
    )
  }

  @Test func `A GRANT names the database as the rights that are there do`() {
    let one = rights("GRANT SELECT ON `my_db`.* TO `u`@`%`", "GRANT INSERT ON `my\\_db`.* TO `u`@`%`")
    #expect(one.databasePattern == "my\\_db")
    #expect(one.rights == ["INSERT"])
    #expect(rights("GRANT SELECT ON `my_db`.* TO `u`@`%`").databasePattern == "my_db")
    #expect(rights().databasePattern == "my\\_db")
  }
}
