import ResultSchema

extension DoctorCase {
  static let columns: [DoctorCase] = [
    task(.missingColumn, "worker", "DROP COLUMN worker", isSafe: true),
    task(.missingColumn, "content_type", "DROP COLUMN content_type"),
    task(.missingColumn, "date_created", "DROP COLUMN date_created"),
    task(.columnType, "result", "MODIFY result text"),
    task(.columnType, "status", "MODIFY status varchar(10) NOT NULL"),
    task(.columnType, "id", "MODIFY id int NOT NULL"),
    task(.columnNull, "worker", "MODIFY worker varchar(100) NOT NULL", isSafe: true),
    task(.columnNull, "date_done", "MODIFY date_done datetime(6) NULL"),
    task(.columnDefault, "worker", "ALTER COLUMN worker SET DEFAULT 'w'", isRemark: true, isSafe: true),
    task(.extraColumn, "mine", "ADD COLUMN mine int NOT NULL"),
    task(.extraColumn, "hidden", "ADD COLUMN hidden tinyint(1) NOT NULL"),
    DoctorCase(
      .columnType,
      "\(chord).count",
      "ALTER TABLE \(chord) MODIFY `count` int NOT NULL",
      flavor: .mySQL
    ),
    DoctorCase(
      .missingCheck,
      "\(chord).count",
      "ALTER TABLE \(chord) MODIFY `count` int unsigned NOT NULL",
      isRemark: true,
      flavor: .mariaDB
    ),
    DoctorCase(
      .missingCheck,
      "\(chord).count",
      "ALTER TABLE \(chord) DROP CHECK \(chord)_chk_1",
      isRemark: true,
      flavor: .mySQL
    ),
    DoctorCase(
      .length,
      "task_id, task_name, group_id",
      "ALTER TABLE \(task) MODIFY task_name varchar(191) NULL",
      "ALTER TABLE \(group) MODIFY group_id varchar(191) NOT NULL"
    ),
  ]

  static let texts: [DoctorCase] = [
    DoctorCase(
      .characterSet,
      task,
      "ALTER TABLE \(task) MODIFY traceback longtext CHARACTER SET latin1",
      isRemark: true
    ),
    DoctorCase(
      .collation,
      task,
      "ALTER TABLE \(task) MODIFY traceback longtext COLLATE utf8mb4_unicode_ci",
      isRemark: true
    ),
    // As every server makes it.
    DoctorCase(.caseInsensitiveID, "\(task).task_id", isRemark: true),
    DoctorCase(.caseInsensitiveID, "\(group).group_id", isRemark: true),
  ]

  static let indexes: [DoctorCase] = [
    task(.missingIndex, "status", "DROP INDEX django_cele_status_9b6201_idx", isSafe: true),
    task(.missingIndex, "task_id", "DROP INDEX task_id", isSafe: true),
    task(.duplicateIndex, "task_id", "ADD KEY django_cele_task_id_7f8fca_idx (task_id)", isSafe: true),
    task(.duplicateIndex, "task_id", "ADD UNIQUE KEY again (task_id)", isSafe: true),
    task(.duplicateIndex, "status", "ADD KEY mine (status)", isSafe: true),
    task(.cutIndex, "task_id", "DROP INDEX task_id, ADD UNIQUE KEY task_id (task_id(20))", isSafe: true),
    task(
      .cutIndex,
      "status",
      "DROP INDEX django_cele_status_9b6201_idx, ADD KEY django_cele_status_9b6201_idx (status(10))",
      isRemark: true,
      isSafe: true
    ),
    task(.indexUniqueness, "task_id", "DROP INDEX task_id, ADD KEY task_id (task_id)", isSafe: true),
    task(
      .indexUniqueness,
      "status",
      "DROP INDEX django_cele_status_9b6201_idx, ADD UNIQUE KEY django_cele_status_9b6201_idx (status)",
      isSafe: true
    ),
    task(.indexUniqueness, "worker", "ADD UNIQUE KEY mine (worker)"),
    task(
      .indexName,
      "status",
      "DROP INDEX django_cele_status_9b6201_idx, ADD KEY \(task)_status_cbbed23a (status)",
      isRemark: true,
      isSafe: true
    ),
    DoctorCase(
      .missingIndex,
      "\(chord).group_id",
      "ALTER TABLE \(chord) DROP INDEX group_id, ROW_FORMAT=COMPACT",
      isSafe: true
    ),
  ]

  static let storage: [DoctorCase] = [
    DoctorCase(
      .engine,
      chord,
      "ALTER TABLE \(chord) MODIFY group_id varchar(191) NOT NULL, ENGINE=MyISAM",
      others: [.length]
    ),
    DoctorCase(
      .rowFormat,
      chord,
      "ALTER TABLE \(chord) MODIFY group_id varchar(191) NOT NULL, ROW_FORMAT=COMPACT",
      isRemark: true,
      isSafe: true,
      others: [.length]
    ),
    task(.usedIDs, "id", "AUTO_INCREMENT = 1073741900"),
    DoctorCase(.missingTable, group, "DROP TABLE \(group)", isSafe: true),
  ]

  static let ledger: [DoctorCase] = [
    DoctorCase(
      .missingLedgerRows,
      "django_migrations",
      "DELETE FROM django_migrations WHERE name LIKE '0010%'",
      isSafe: true
    ),
    DoctorCase(
      .missingLedgerRows,
      "django_migrations",
      "DELETE FROM django_migrations WHERE name > '0009'",
      isSafe: true
    ),
    DoctorCase(.missingLedgerRows, "django_migrations", "DROP TABLE django_migrations", isSafe: true),
    DoctorCase(
      .unknownMigration,
      "django_migrations",
      """
      INSERT INTO django_migrations (app, name, applied)
      VALUES ('django_celery_results', '0015_it''s_ours', UTC_TIMESTAMP(6))
      """
    ),
  ]

  static let leftovers: [DoctorCase] = [
    DoctorCase(
      .chordCounters,
      chord,
      "INSERT INTO \(chord) (group_id, sub_tasks, `count`) VALUES ('g', '[]', 0)"
    ),
    DoctorCase(.leftover, "_\(task)_new", "CREATE TABLE _\(task)_new (id int)", isRemark: true),
    DoctorCase(
      .leftover,
      "pt_osc_mine_del",
      "CREATE TRIGGER pt_osc_mine_del AFTER DELETE ON \(task) FOR EACH ROW SET @mine = 1"
    ),
  ]
}
