/// The numbers of the server's errors and warnings that say a table or an index is too large.
public enum SchemaErrorNumber {
  /// HA_ERR_TO_BIG_ROW: what error 1118 is as a warning, without innodb_strict_mode.
  public static let rowTooLargeWarning = 139
  /// ER_CANT_CREATE_TABLE: how MariaDB says that the engine does not take the statement's options.
  public static let cannotCreateTable = 1005
  /// ER_ILLEGAL_HA: how MySQL says that the engine does not take the statement's options.
  public static let engineHasNoSuchOption = 1031
  /// ER_TOO_LONG_KEY: "Specified key was too long"; as a warning or note: the key was cut to a prefix.
  public static let keyTooLong = 1071
  /// ER_TOO_BIG_FIELDLENGTH: a varchar of more characters than any varchar may have.
  public static let columnTooLong = 1074
  /// ER_TOO_BIG_ROWSIZE: "Row size too large".
  public static let rowTooLarge = 1118
  /// ER_TABLE_CANT_HANDLE_BLOB: the engine has no longtext.
  public static let engineHasNoLongText = 1163
  /// ER_BLOB_KEY_WITHOUT_LENGTH: how MySQL says that a text column has no index without a prefix.
  public static let textKeyWithoutLength = 1170
  /// ER_INDEX_COLUMN_TOO_LONG: "Index column size too large".
  public static let indexColumnTooLong = 1709
  /// ER_UNSUPPORTED… of MariaDB: the engine cannot keep the hash of a UNIQUE index that is too long.
  public static let hashNotSupported = 1910
}
