/// A storage engine by its name; names are compared without regard to case.
public struct StorageEngine: Sendable {
  /// The name as it was given or as the server writes it.
  public let name: String

  /// Makes an engine of any name.
  public init(_ name: String) {
    self.name = name
  }

  /// InnoDB, the engine that these tables are meant for.
  public static let innoDB = StorageEngine("InnoDB")
  /// MyISAM.
  public static let myISAM = StorageEngine("MyISAM")
  /// Aria, MariaDB only.
  public static let aria = StorageEngine("Aria")
  /// MEMORY, which has no longtext and so cannot hold these tables.
  public static let memory = StorageEngine("MEMORY")
}

extension StorageEngine: Hashable {
  /// Compares the names without regard to case.
  public static func == (left: StorageEngine, right: StorageEngine) -> Bool {
    left.name.lowercased() == right.name.lowercased()
  }

  /// Hashes the name without regard to case.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name.lowercased())
  }
}

extension StorageEngine: CustomStringConvertible {
  /// The engine's name.
  public var description: String { name }
}
