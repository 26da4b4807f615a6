/// Django's ledger of applied migrations, the table `django_migrations`.
public enum DjangoMigrations {
  /// The ledger's name.
  public static let tableName = "django_migrations"

  /// The ledger as Django 5.2 makes it.
  public static let table = Table(
    name: tableName,
    columns: [
      Column("id", .int, isAutoIncrement: true),
      Column("app", .varchar(255)),
      Column("name", .varchar(255)),
      Column("applied", .datetime6),
    ],
    indexes: [.primaryKey(on: "id")]
  )

  /// SQL that lists the names applied for one app, in the order of their rows.
  ///
  /// Its one parameter is the app's label.
  public static let selectNames = "SELECT name FROM django_migrations WHERE app = ? ORDER BY id"

  /// SQL that notes one migration as applied.
  ///
  /// Its parameters are the app's label, the name, and the time in UTC.
  public static let insert = "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, ?)"

  /// The statement that notes one migration as applied now, by the server's clock, for those who run it by hand.
  public static func insertStatement(_ migration: CeleryMigration) -> String {
    "INSERT INTO \(tableName) (app, name, applied) "
      + "VALUES ('\(CeleryMigration.app)', '\(migration.rawValue)', UTC_TIMESTAMP(6))"
  }
}
