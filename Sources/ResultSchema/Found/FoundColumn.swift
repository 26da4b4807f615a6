/// A column as the catalogue describes it.
public struct FoundColumn: Sendable, Hashable {
  /// The column's name.
  public var name: String
  /// The type as the server writes it, in small letters: `varchar(255)`, or `int(11)` on MariaDB.
  public var type: String
  /// The length of a text in characters, nil for every other type.
  public var characters: Int?
  /// Whether NULL may be stored.
  public var isNullable: Bool
  /// The default as the catalogue has it, nil for none.
  public var defaultValue: String?
  /// Whether the server numbers the rows.
  public var isAutoIncrement: Bool
  /// The character set of a text, nil for every other type.
  public var characterSet: String?
  /// The collation of a text, nil for every other type.
  public var collation: String?
  /// The most bytes of one character of a text, nil for every other type.
  public var bytesPerCharacter: Int?

  /// Makes a column of what the catalogue says.
  public init(
    name: String,
    type: String,
    characters: Int? = nil,
    isNullable: Bool,
    defaultValue: String? = nil,
    isAutoIncrement: Bool = false,
    characterSet: String? = nil,
    collation: String? = nil,
    bytesPerCharacter: Int? = nil
  ) {
    self.name = name
    self.type = type
    self.characters = characters
    self.isNullable = isNullable
    // MariaDB says NULL in letters where a column that may be NULL has no default.
    self.defaultValue = defaultValue?.uppercased() == "NULL" ? nil : defaultValue
    self.isAutoIncrement = isAutoIncrement
    self.characterSet = characterSet
    self.collation = collation
    self.bytesPerCharacter = bytesPerCharacter
  }

  /// The type without what only decorates it: MariaDB writes `int(11)` where MySQL writes `int`.
  public var plainType: String {
    guard let parenthesis = type.firstIndex(of: "(") else { return type }
    let name = type[..<parenthesis]
    guard name.hasSuffix("int"), type != ColumnType.bool.sql else { return type }
    let rest = type[parenthesis...].drop { $0 != ")" }.dropFirst()
    return String(name + rest)
  }
}
