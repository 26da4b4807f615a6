extension MariaDBError {
  /// The kinds of error.
  ///
  /// A struct, so that a new kind breaks nobody's `switch`.
  public struct Code: Sendable, Hashable, CustomStringConvertible {
    private enum Base: String, Sendable {
      case connectionFailed, connectionLost, protocolFailure
      case accessDenied, unknownDatabase, tooManyConnections
      case tlsFailed, tlsUnavailable
      case queryTimeout, queryInterrupted
      case deadlock, lockWaitTimeout
      case duplicateKey, unknownColumn, columnNeedsValue, unknownTable, valueTooLong, packetTooLarge
      case keyTooLong, rowTooLarge
      case acquireTimeout, clientShutdown
      case invalidConfiguration, invalidStatement, decodingFailed
      case binaryLogUnreadable
      case server
    }

    private let base: Base

    private init(_ base: Base) { self.base = base }

    /// No connection could be made: no server there, a wrong address, or no answer within the timeout.
    public static let connectionFailed = Code(.connectionFailed)
    /// The connection was lost (2006, 2013, 4031 and their kin).
    ///
    /// Whether the statement ran is unknown.
    public static let connectionLost = Code(.connectionLost)
    /// libmariadb and the server no longer understand each other; the connection is closed.
    public static let protocolFailure = Code(.protocolFailure)
    /// Wrong user or password, or a right that is missing (1044, 1045, 1142, 1227, 1698).
    public static let accessDenied = Code(.accessDenied)
    /// The database does not exist (1049).
    public static let unknownDatabase = Code(.unknownDatabase)
    /// The server, or the user's limit, has no connection left (1040, 1203, 1226).
    public static let tooManyConnections = Code(.tooManyConnections)
    /// The TLS handshake failed, or the server's certificate was refused (2026).
    public static let tlsFailed = Code(.tlsFailed)
    /// TLS is required and the server offers none.
    public static let tlsUnavailable = Code(.tlsUnavailable)
    /// A query took longer than its timeout and was stopped on the server.
    public static let queryTimeout = Code(.queryTimeout)
    /// Somebody else stopped the query (1317).
    public static let queryInterrupted = Code(.queryInterrupted)
    /// The transaction was chosen as the victim of a deadlock and rolled back (1213).
    public static let deadlock = Code(.deadlock)
    /// A row lock did not come within `innodb_lock_wait_timeout` (1205).
    public static let lockWaitTimeout = Code(.lockWaitTimeout)
    /// A unique key has this value already (1062).
    public static let duplicateKey = Code(.duplicateKey)
    /// A column does not exist (1054).
    public static let unknownColumn = Code(.unknownColumn)
    /// A column without a default got no value (1364).
    public static let columnNeedsValue = Code(.columnNeedsValue)
    /// A table does not exist (1051, 1146).
    public static let unknownTable = Code(.unknownTable)
    /// A value is longer than its column (1406).
    public static let valueTooLong = Code(.valueTooLong)
    /// A packet is larger than `max_allowed_packet` (1153, 2020).
    public static let packetTooLarge = Code(.packetTooLarge)
    /// An index is longer than the server allows (1071, 1709, 1910).
    public static let keyTooLong = Code(.keyTooLong)
    /// A table's row is larger than the server allows (1118).
    public static let rowTooLarge = Code(.rowTooLarge)
    /// No connection of the pool became free within the acquire timeout.
    public static let acquireTimeout = Code(.acquireTimeout)
    /// The client was shut down.
    public static let clientShutdown = Code(.clientShutdown)
    /// A setting or a URL is not valid.
    public static let invalidConfiguration = Code(.invalidConfiguration)
    /// A statement cannot be sent as it is: a wrong number of parameters, say.
    public static let invalidStatement = Code(.invalidStatement)
    /// A column's value does not have the type that was asked for.
    public static let decodingFailed = Code(.decodingFailed)
    /// The server keeps no binary log, or one that this client cannot read.
    public static let binaryLogUnreadable = Code(.binaryLogUnreadable)
    /// Any other error of the server: see ``MariaDBError/errno``.
    public static let server = Code(.server)

    /// The name of the code.
    public var description: String { base.rawValue }

    init(errno: UInt32) {
      base =
        switch errno {
        case 2001...2005, 2007, 2010...2012, 2047, 2049, 2058, 2059, 2061, 1129, 1130: .connectionFailed
        case 1053, 1080, 1152, 1158...1161, 1184, 1927, 2006, 2013, 2055, 3169, 4031, 5013, 5014:
          .connectionLost
        case 2008, 2014, 2027, 5015: .protocolFailure
        case 1044, 1045, 1142, 1143, 1227, 1370, 1410, 1698, 1820, 1862, 3118, 3159, 3955: .accessDenied
        case 1049: .unknownDatabase
        case 1040, 1203, 1226: .tooManyConnections
        case 2026: .tlsFailed
        case 1317: .queryInterrupted
        case 1969, 3024: .queryTimeout
        case 1213: .deadlock
        case 1205: .lockWaitTimeout
        case 1062, 1586: .duplicateKey
        case 1054: .unknownColumn
        case 1364: .columnNeedsValue
        case 1051, 1146: .unknownTable
        case 1406: .valueTooLong
        case 1153, 2020: .packetTooLarge
        case 1071, 1709, 1910: .keyTooLong
        case 1118: .rowTooLarge
        default: .server
        }
    }

    /// One sentence in general words, for errors that carry no explanation of their own.
    var summary: String {
      switch base {
      case .connectionFailed: "the connection could not be made"
      case .connectionLost: "the connection to the server was lost"
      case .protocolFailure: "the conversation with the server broke down; the connection is closed"
      case .accessDenied: "the server denies access"
      case .unknownDatabase: "the database does not exist"
      case .tooManyConnections: "the server accepts no further connection"
      case .tlsFailed: "the TLS connection failed"
      case .tlsUnavailable: "the server offers no TLS"
      case .queryTimeout: "the query took longer than its timeout and was stopped"
      case .queryInterrupted: "the query was stopped on the server"
      case .deadlock: "deadlock: the server rolled the transaction back; it can be tried again"
      case .lockWaitTimeout: "a row lock did not come in time; it can be tried again"
      case .duplicateKey: "a unique key has this value already"
      case .unknownColumn: "a column does not exist"
      case .columnNeedsValue: "a column without a default got no value"
      case .unknownTable: "a table does not exist"
      case .valueTooLong: "a value is longer than its column"
      case .packetTooLarge: "the data are larger than max_allowed_packet"
      case .keyTooLong: "an index is longer than the server allows"
      case .rowTooLarge: "a row of the table would be larger than the server allows"
      case .acquireTimeout: "no connection became free in time"
      case .clientShutdown: "the client is shut down"
      case .invalidConfiguration: "the configuration is not valid"
      case .invalidStatement: "the statement cannot be sent"
      case .decodingFailed: "a column's value does not have the type that was asked for"
      case .binaryLogUnreadable: "the server keeps no binary log that can be read"
      case .server: "the server refused the statement"
      }
    }
  }
}
