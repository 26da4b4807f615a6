/// The table of Django's database cache, as `manage.py createcachetable` makes it.
///
/// Source: `django.core.management.commands.createcachetable` of Django 5.2.
public enum DjangoCacheTable {
  /// How many characters a key has at most.
  public static let keyLength = 255

  /// The table.
  ///
  /// - Parameters:
  ///   - name: Its name, Django's `LOCATION`.
  ///   - keyLength: How many characters a key has at most; Django knows 255 only, and does not mind fewer.
  public static func table(named name: String, keyLength: Int = keyLength) -> Table {
    Table(
      name: name,
      columns: [
        Column("cache_key", .varchar(keyLength)),
        Column("value", .longtext),
        Column("expires", .datetime6),
      ],
      indexes: [.primaryKey(on: "cache_key"), Index("\(name)_expires", .plain, on: "expires")]
    )
  }
}
