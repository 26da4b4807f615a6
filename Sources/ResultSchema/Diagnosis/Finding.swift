/// Something that is not as it should be: what, why it matters, and the SQL that mends it.
public struct Finding: Sendable, Hashable {
  /// What kind of thing was found.
  public let kind: Kind
  /// Where: a table, `table.column`, a variable of the server, a user.
  public let place: String
  /// What is there, and what should be.
  public let description: String
  /// Why it matters.
  public let reason: String
  /// Whether it is worth knowing only, and no fault.
  public let isRemark: Bool
  /// Whether `doctor --fix` may run the statements: they lose nothing, and others go on storing where the server
  /// can do that.
  public let isSafe: Bool
  /// The command that helps, in place of SQL or beside it.
  public let command: String?
  /// What mends it.
  package let repairs: [Repair]

  /// The statements that mend it, in order; empty where none can.
  public var statements: [String] { repairs.map(\.statement) }

  init(
    _ kind: Kind,
    at place: String,
    _ description: String,
    because reason: String,
    isRemark: Bool = false,
    isSafe: Bool = false,
    command: String? = nil,
    repairs: [Repair] = []
  ) {
    self.kind = kind
    self.place = place
    self.description = description
    self.reason = reason
    self.isRemark = isRemark
    self.isSafe = isSafe && !repairs.isEmpty
    self.command = command
    self.repairs = repairs
  }
}
