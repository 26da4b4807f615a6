import ResultSchema
import Testing

@Suite("The SQL of the tables")
struct SchemaGeneratorTests {
  @Test("A task result's table, as made on the servers and found equal to Django's")
  func taskResult() {
    let sql = SchemaGenerator().createTable(CeleryTables.taskResult(taskIDMaxLength: 191))
    #expect(
      sql == """
        CREATE TABLE `django_celery_results_taskresult` (
          `id` int NOT NULL AUTO_INCREMENT,
          `task_id` varchar(191) NOT NULL,
          `status` varchar(50) NOT NULL,
          `content_type` varchar(128) NOT NULL,
          `content_encoding` varchar(64) NOT NULL,
          `result` longtext NULL,
          `date_done` datetime(6) NOT NULL,
          `traceback` longtext NULL,
          `meta` longtext NULL,
          `task_args` longtext NULL,
          `task_kwargs` longtext NULL,
          `task_name` varchar(191) NULL,
          `worker` varchar(100) NULL,
          `date_created` datetime(6) NOT NULL,
          `periodic_task_name` varchar(255) NULL,
          `date_started` datetime(6) NULL,
          PRIMARY KEY (`id`),
          UNIQUE KEY `task_id` (`task_id`),
          KEY `django_cele_task_na_08aec9_idx` (`task_name`),
          KEY `django_cele_status_9b6201_idx` (`status`),
          KEY `django_cele_worker_d54dd8_idx` (`worker`),
          KEY `django_cele_date_cr_f04a50_idx` (`date_created`),
          KEY `django_cele_date_do_f59aad_idx` (`date_done`),
          KEY `django_cele_periodi_1993cf_idx` (`periodic_task_name`)
        )
        """
    )
  }

  @Test("A chord counter's table, with Django's CHECK")
  func chordCounter() {
    let sql = SchemaGenerator().createTable(CeleryTables.chordCounter(taskIDMaxLength: 255))
    #expect(
      sql == """
        CREATE TABLE `django_celery_results_chordcounter` (
          `id` int NOT NULL AUTO_INCREMENT,
          `group_id` varchar(255) NOT NULL,
          `sub_tasks` longtext NOT NULL,
          `count` int unsigned NOT NULL CHECK (`count` >= 0),
          PRIMARY KEY (`id`),
          UNIQUE KEY `group_id` (`group_id`)
        )
        """
    )
  }

  @Test("A group result's table")
  func groupResult() {
    let sql = SchemaGenerator().createTable(CeleryTables.groupResult(taskIDMaxLength: 255))
    #expect(
      sql == """
        CREATE TABLE `django_celery_results_groupresult` (
          `id` int NOT NULL AUTO_INCREMENT,
          `group_id` varchar(255) NOT NULL,
          `date_created` datetime(6) NOT NULL,
          `date_done` datetime(6) NOT NULL,
          `content_type` varchar(128) NOT NULL,
          `content_encoding` varchar(64) NOT NULL,
          `result` longtext NULL,
          PRIMARY KEY (`id`),
          UNIQUE KEY `group_id` (`group_id`),
          KEY `django_cele_date_cr_bd6c1d_idx` (`date_created`),
          KEY `django_cele_date_do_caae0e_idx` (`date_done`)
        )
        """
    )
  }

  @Test("Django's ledger")
  func ledger() {
    #expect(
      SchemaGenerator().createTable(DjangoMigrations.table) == """
        CREATE TABLE `django_migrations` (
          `id` int NOT NULL AUTO_INCREMENT,
          `app` varchar(255) NOT NULL,
          `name` varchar(255) NOT NULL,
          `applied` datetime(6) NOT NULL,
          PRIMARY KEY (`id`)
        )
        """
    )
  }

  @Test("Engine and row format are named when they are asked for")
  func options() {
    let table = Table(
      name: "t",
      columns: [Column("a", .varchar(20))],
      indexes: [Index("k", .plain, on: "a", prefixLength: 10)]
    )
    let sql = SchemaGenerator(engine: .innoDB, rowFormat: .dynamic).createTable(table)
    #expect(
      sql == """
        CREATE TABLE `t` (
          `a` varchar(20) NOT NULL,
          KEY `k` (`a`(10))
        ) ENGINE=`InnoDB` ROW_FORMAT=DYNAMIC
        """
    )
  }

  @Test("A name cannot leave its quotes")
  func quoting() {
    let table = Table(name: "a`b", columns: [Column("c`", .int)], indexes: [])
    let sql = SchemaGenerator(engine: StorageEngine("x` y")).createTable(table)
    #expect(sql == "CREATE TABLE `a``b` (\n  `c``` int NOT NULL\n) ENGINE=`x`` y`")
  }

  @Test("The ledger has 14 migrations in Django's order")
  func migrations() {
    let names = CeleryMigration.allCases.map(\.rawValue)
    #expect(names.count == 14)
    #expect(names == names.sorted())
    #expect(names.first == "0001_initial")
    #expect(names.last == "0014_alter_taskresult_status")
    #expect(CeleryMigration.allCases.map(\.number) == Array(1...14))
    #expect(CeleryMigration.allCases.allSatisfy { Int($0.digits) == $0.number })
  }
}
