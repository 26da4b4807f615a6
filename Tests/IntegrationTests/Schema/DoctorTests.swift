import MariaDBClient
import ResultSchema
import SchemaMigrations
import TestSupport
import Testing

@Suite(.enabled(if: TestServer.areThere, TestServer.missing), .fewAtATime)
struct DoctorTests {
  /// Runs statements as they stand.
  private func run(_ statements: [String], in database: ThrowawayDatabase) async throws {
    let connection = try await MariaDBConnection.connect(database.configuration)
    for statement in statements {
      try await connection.run { handle in _ = try handle.query(text: statement) }
    }
    await connection.close()
  }

  /// One task, so that a statement that cannot keep rows fails.
  private static let task = """
    INSERT INTO \(CeleryTables.taskResultName)
      (task_id, status, content_type, content_encoding, result, date_done, date_created, worker)
    VALUES ('t', 'SUCCESS', 'application/json', 'utf-8', '1', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), 'w')
    """

  private func migrated(
    on server: TestServer?,
    _ body: (ThrowawayDatabase, Doctor) async throws -> Void
  ) async throws {
    try await ThrowawayDatabase.with(on: server) { database in
      _ = try await Migrator(connection: database.configuration).migrate()
      try await run([Self.task], in: database)
      try await body(database, Doctor(connection: database.configuration))
    }
  }

  @Test(arguments: TestServer.all)
  func `Fresh tables have no faults`(server: TestServer) async throws {
    try await migrated(on: server) { _, doctor in
      let diagnosis = try await doctor.diagnose()
      #expect(diagnosis.faults == [])
      #expect(Set(diagnosis.remarks.map(\.kind)) == [.caseInsensitiveID, .moreRights])
    }
  }

  @Test(arguments: TestServer.oneOfEach)
  func `Of an older level the level is the only fault, and migrate mends it`(server: TestServer) async throws
  {
    try await ThrowawayDatabase.with(on: server) { database in
      let doctor = Doctor(connection: database.configuration)
      #expect(try await doctor.diagnose().faults.map(\.kind) == [.noTables])
      for level in CeleryMigration.allCases {
        _ = try await Migrator(connection: database.configuration, options: .init(level: level)).migrate()
        let faults = try await doctor.diagnose().faults
        #expect(faults.map(\.kind) == (level == .newest ? [] : [.oldLevel]), "\(level)")
        #expect(faults.allSatisfy { $0.command == "celery-results migrate" && $0.statements == [] })
      }
    }
  }

  @Test(arguments: TestServer.all, DoctorCase.all)
  func `What is broken is named with the SQL that mends it`(server: TestServer, broken: DoctorCase)
    async throws
  {
    let flavor: ServerFlavor = server.name.hasPrefix("mysql") ? .mySQL : .mariaDB
    guard broken.flavor ?? flavor == flavor else { return }
    try await migrated(on: server) { database, doctor in
      try await run(broken.sql, in: database)
      let diagnosis = try await doctor.diagnose()
      let finding = try #require(
        diagnosis.findings.first { $0.kind == broken.kind && $0.place == broken.place },
        "\(diagnosis.findings.map { "\($0.kind) \($0.place)" })"
      )
      #expect(finding.isRemark == broken.isRemark)
      #expect(finding.isSafe == broken.isSafe)
      let expected = broken.others + (broken.isRemark ? [] : [broken.kind])
      #expect(Set(diagnosis.faults.map(\.kind)) == Set(expected))
      #expect(diagnosis.faults.count == expected.count)
      try await run(finding.statements, in: database)
      let after = try await doctor.diagnose()
      // A column of somebody's own that takes NULL is still there, and worth a remark.
      #expect(
        !after.findings.contains { left in
          left.kind == finding.kind && left.place == finding.place && left.isRemark == finding.isRemark
        }
      )
      #expect(after.faults.map(\.kind) == broken.others)
      #expect(try await database.client.query("SELECT * FROM \(identifier: DoctorCase.task)").rows.count == 1)
    }
  }

  @Test(arguments: [TestServer.mariadb1011, .mariadb105].compactMap(\.self))
  func `A UNIQUE index that MariaDB made a hash is named, with the length that would fit`(server: TestServer)
    async throws
  {
    try await migrated(on: server) { database, doctor in
      try await run(["ALTER TABLE \(DoctorCase.task) MODIFY task_id varchar(1000) NOT NULL"], in: database)
      let faults = try await doctor.diagnose().faults
      #expect(faults.map(\.kind) == [.hashIndex, .length])
      #expect(faults.first?.command == "celery-results resize 768")
      #expect(faults.first?.statements == [])
    }
  }

  @Test
  func `A length other than the setting's is named`() async throws {
    try await migrated(on: .mariadb1011) { database, _ in
      let options = Migrator.Options(taskIDMaxLength: .length(191))
      let faults = try await Doctor(connection: database.configuration, options: options).diagnose().faults
      #expect(faults.map(\.kind) == [.length])
      #expect(faults.first?.command == "celery-results resize 191")
    }
  }

  @Test(arguments: TestServer.all)
  func `What is safe is mended, and the tables are as if never broken`(server: TestServer) async throws {
    try await migrated(on: server) { database, doctor in
      let before = try await database.definitions()
      let broken = [
        "ALTER TABLE \(DoctorCase.task) DROP INDEX django_cele_date_do_f59aad_idx",
        "ALTER TABLE \(DoctorCase.task) DROP INDEX task_id, DROP INDEX django_cele_worker_d54dd8_idx",
        "ALTER TABLE \(DoctorCase.task) ADD KEY twice (status), DROP COLUMN date_started",
        "ALTER TABLE \(DoctorCase.chord) DROP INDEX group_id, ROW_FORMAT=COMPACT",
        "DROP TABLE \(DoctorCase.group)",
        "DELETE FROM django_migrations WHERE name LIKE '0010%'",
      ]
      try await run(broken, in: database)
      let report = try await doctor.fix()
      #expect(report.failed == [])
      #expect(report.diagnosis.faults == [])
      let kinds = Set(report.mended.map(\.finding.kind))
      #expect(
        kinds.isSuperset(of: [
          .missingIndex, .missingColumn, .duplicateIndex, .rowFormat, .missingTable, .missingLedgerRows,
        ])
      )
      #expect(try await database.ledger().sorted() == CeleryMigration.allCases.map(\.rawValue))
      let after = try await database.definitions().map { $0.replacing(" ROW_FORMAT=DYNAMIC", with: "") }
      #expect(after.map(Self.lines) == before.map(Self.lines))
      #expect(try await doctor.fix().mended == [])
    }
  }

  /// The lines of a definition without regard to their order: what is made anew comes last.
  private static func lines(_ definition: String) -> Set<String> {
    Set(definition.split(separator: "\n").map { $0.hasSuffix(",") ? String($0.dropLast()) : String($0) })
  }

  @Test(arguments: TestServer.oneOfEach)
  func `What cannot be mended is said, and the rest is mended all the same`(server: TestServer) async throws {
    try await migrated(on: server) { database, doctor in
      try await run(
        [
          "ALTER TABLE \(DoctorCase.task) DROP INDEX task_id, DROP INDEX django_cele_worker_d54dd8_idx",
          Self.task,
        ],
        in: database
      )
      let report = try await doctor.fix()
      #expect(report.failed.map(\.finding.place) == ["\(DoctorCase.task).task_id"])
      #expect(report.failed.first?.reason.contains("1062") == true)
      #expect(report.mended.map(\.finding.place) == ["\(DoctorCase.task).worker"])
      #expect(report.diagnosis.faults.map(\.place) == ["\(DoctorCase.task).task_id"])
    }
  }

  @Test(arguments: TestServer.all)
  func `Rights that a user lacks are named with the GRANT that gives them`(server: TestServer) async throws {
    try await migrated(on: server) { database, _ in
      let name = try #require(database.configuration.database)
      try await GrantsTests().withUser("SELECT, INSERT", on: database) { configuration in
        let doctor = Doctor(connection: configuration)
        let fault = try #require(try await doctor.diagnose().faults.first)
        #expect(fault.kind == .missingRights)
        #expect(fault.place == "\(configuration.username ?? "")@127.0.0.1")
        // As the test's own GRANT named it.
        let pattern = name
        let user = "'\(configuration.username ?? "")'@'127.0.0.1'"
        #expect(fault.statements == ["GRANT DELETE, UPDATE ON `\(pattern)`.* TO \(user)"])
        try await run(fault.statements, in: database)
        let after = try await doctor.diagnose()
        #expect(after.faults == [])
        #expect(after.remarks.filter { $0.kind == .missingRights }.count == 1)
        #expect(!after.remarks.contains { $0.kind == .moreRights })
      }
    }
  }
}
