/// A table as the catalogue describes it.
public struct FoundTable: Sendable, Hashable {
  /// The table's name.
  public var name: String
  /// The storage engine.
  public var engine: StorageEngine
  /// The row format as the server writes it: `Dynamic`, or another engine's `Page`.
  public var rowFormat: String
  /// Whether the table itself names its row format, rather than following the server's default.
  public var statesRowFormat: Bool
  /// The collation of columns that name none.
  public var collation: String
  /// The most bytes of one character in columns that name no character set; nil where it is the database's.
  public var bytesPerCharacter: Int?
  /// How many rows there are, roughly.
  public var estimatedRows: Int
  /// The bytes of rows and indexes, roughly.
  public var bytes: Int
  /// The next number that the server gives to a row; nil where it numbers none.
  public var nextID: Int?
  /// The columns in physical order.
  public var columns: [FoundColumn]
  /// The indexes, one element for each of their columns.
  public var indexes: [FoundIndex]

  /// Makes a table of what the catalogue says.
  public init(
    name: String,
    engine: StorageEngine = .innoDB,
    rowFormat: String = "Dynamic",
    statesRowFormat: Bool = false,
    collation: String = "utf8mb4_general_ci",
    bytesPerCharacter: Int? = nil,
    estimatedRows: Int = 0,
    bytes: Int = 0,
    nextID: Int? = nil,
    columns: [FoundColumn],
    indexes: [FoundIndex]
  ) {
    self.name = name
    self.engine = engine
    self.rowFormat = rowFormat
    self.statesRowFormat = statesRowFormat
    self.collation = collation
    self.bytesPerCharacter = bytesPerCharacter
    self.estimatedRows = estimatedRows
    self.bytes = bytes
    self.nextID = nextID
    self.columns = columns
    self.indexes = indexes
  }

  /// The column of this name, or nil.
  public func column(named name: String) -> FoundColumn? {
    columns.first { $0.name == name }
  }

  /// The plain indexes on one column alone that have a name of Django's making.
  ///
  /// Django itself tells them in the same way: by their not being among the names that the models give.
  public func generatedIndexes(on column: String) -> [FoundIndex] {
    indexes.filter { index in
      !index.isUnique && index.type.uppercased() == "BTREE" && index.column == column
        && indexes.count { $0.name == index.name } == 1
        && !CeleryTables.givenIndexNames.contains(index.name)
    }
  }
}

extension CeleryTables {
  /// The names of indexes that the models of django-celery-results give.
  static let givenIndexNames: Set<String> = {
    let task = taskResultIndexes.map(\.element)
    let others = groupResult(taskIDMaxLength: 1).indexes + chord(taskIDMaxLength: 1).indexes
    return Set((task + others).filter { $0.kind == .plain && !$0.hasGeneratedName }.map(\.name))
      .union(duplicateIndexes.values)
  }()
}
