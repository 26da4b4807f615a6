/// What a server understands: its family and version, and the differences between them that matter here.
public struct Dialect: Sendable, Hashable {
  /// MySQL or MariaDB.
  public var flavor: ServerFlavor
  /// The server's own version, without the `5.5.5-` that MariaDB puts before it for old clients.
  public var version: ServerVersion

  /// Makes a dialect from its parts.
  public init(flavor: ServerFlavor, version: ServerVersion) {
    self.flavor = flavor
    self.version = version
  }

  /// Reads what `SELECT VERSION()` answers, for example `10.11.18-MariaDB-0+deb12u1` or `9.7.4-2`.
  ///
  /// - Returns: nil when no version number can be found in the text.
  public init?(versionString: String) {
    let isMariaDB = versionString.lowercased().contains("mariadb")
    var text = Substring(versionString)
    // Replication of old MySQL servers needed a number below 10, so MariaDB 10 put this one first.
    let replicationPrefix = "5.5.5-"
    if isMariaDB, text.hasPrefix(replicationPrefix),
      let version = ServerVersion(parsing: text.dropFirst(replicationPrefix.count))
    {
      self.init(flavor: .mariaDB, version: version)
      return
    }
    text = text.drop { !("0"..."9").contains($0) }
    guard let version = ServerVersion(parsing: text) else { return nil }
    self.init(flavor: isMariaDB ? .mariaDB : .mySQL, version: version)
  }

  /// Whether `INSERT … VALUES (…) AS new ON DUPLICATE KEY UPDATE c = new.c` is understood.
  ///
  /// MySQL 8.0.19 brought it and deprecates `VALUES(c)` since 8.0.20; MariaDB knows `VALUES(c)` only.
  public var supportsRowAlias: Bool {
    flavor == .mySQL && version >= ServerVersion(8, 0, 19)
  }

  /// Whether a UNIQUE index that is too long becomes a hidden hash column instead of an error.
  ///
  /// MariaDB 10.4 brought it.
  public var makesHashOfLongUniqueIndex: Bool {
    flavor == .mariaDB && version >= ServerVersion(10, 4)
  }

  /// Whether a table can be copied while others write to it: `ALGORITHM=COPY, LOCK=NONE`.
  ///
  /// MariaDB 11.2 brought it.
  public var copiesOnline: Bool {
    flavor == .mariaDB && version >= ServerVersion(11, 2)
  }

  /// Whether `SELECT … FOR UPDATE SKIP LOCKED` is understood: MySQL since 8.0.1, MariaDB since 10.6.
  public var supportsSkipLocked: Bool {
    switch flavor {
    case .mySQL: version >= ServerVersion(8, 0, 1)
    case .mariaDB: version >= ServerVersion(10, 6)
    }
  }

  /// Whether CHECK constraints are kept: MySQL since 8.0.16, MariaDB since 10.2.1; before, they were ignored.
  public var keepsCheckConstraints: Bool {
    switch flavor {
    case .mySQL: version >= ServerVersion(8, 0, 16)
    case .mariaDB: version >= ServerVersion(10, 2, 1)
    }
  }
}

extension Dialect: CustomStringConvertible {
  /// The name and the version: `MariaDB 10.11.18`.
  public var description: String { "\(flavor) \(version)" }
}
