/// What a diagnosis must know of a server beyond its tables and ``ServerFacts``: values that were read once.
public struct ServerHealth: Sendable, Hashable {
  /// The bytes of the longest packet, the server's `max_allowed_packet`.
  public var maxAllowedPacket: Int
  /// The isolation level that sessions begin with, the global `transaction_isolation`.
  public var isolationLevel: String
  /// The format of the binary log, nil where there is none.
  public var binaryLogFormat: String?
  /// The zone of sessions that set none, by name or offset; the system's where the server says SYSTEM.
  public var timeZone: String
  /// The modes of sessions that set none.
  public var sqlMode: String
  /// The rights of the user.
  public var rights: Rights
  /// Whether the chord counter's `count` has a CHECK constraint; nil where the table is not there.
  public var hasCountCheck: Bool?
  /// How many chord counters there are.
  public var chordCounters: Int
  /// How many of them have a count of 0.
  public var emptyChordCounters: Int
  /// The names of tables that other tools, or a migration on a cluster, left behind.
  public var leftoverTables: [String]
  /// The names of triggers that other tools left on the three tables.
  public var leftoverTriggers: [String]

  /// Makes a server that nothing is wrong with, unless told otherwise.
  public init(
    maxAllowedPacket: Int = 64 << 20,
    isolationLevel: String = "REPEATABLE-READ",
    binaryLogFormat: String? = nil,
    timeZone: String = "UTC",
    sqlMode: String = "STRICT_TRANS_TABLES",
    rights: Rights = Rights(user: "celery@%", database: "celery", rights: Rights.storing),
    hasCountCheck: Bool? = nil,
    chordCounters: Int = 0,
    emptyChordCounters: Int = 0,
    leftoverTables: [String] = [],
    leftoverTriggers: [String] = []
  ) {
    self.maxAllowedPacket = maxAllowedPacket
    self.isolationLevel = isolationLevel
    self.binaryLogFormat = binaryLogFormat
    self.timeZone = timeZone
    self.sqlMode = sqlMode
    self.rights = rights
    self.hasCountCheck = hasCountCheck
    self.chordCounters = chordCounters
    self.emptyChordCounters = emptyChordCounters
    self.leftoverTables = leftoverTables
    self.leftoverTriggers = leftoverTriggers
  }
}
