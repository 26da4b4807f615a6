/// InnoDB's row formats, as `ROW_FORMAT=` takes them.
public enum RowFormat: String, Sendable, Hashable, CaseIterable {
  /// The default since MySQL 5.7 and MariaDB 10.2.
  case dynamic = "DYNAMIC"
  /// The default before that: 767 bytes for an indexed column.
  case compact = "COMPACT"
  /// The oldest: 767 bytes for an indexed column.
  case redundant = "REDUNDANT"
  /// DYNAMIC with compressed pages.
  case compressed = "COMPRESSED"

  /// Reads the format's name in any case, as users and `information_schema.tables.row_format` write it.
  ///
  /// - Returns: nil for a name that InnoDB does not have, such as MyISAM's `Fixed` or Aria's `Page`.
  public init?(name: String) {
    self.init(rawValue: name.uppercased())
  }
}
