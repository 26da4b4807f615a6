import ResultSchema
import TestSupport
import Testing

/// Something that is broken with SQL, and what the doctor is to say of it.
struct DoctorCase: Sendable, CustomTestStringConvertible {
  let kind: Finding.Kind
  let place: String
  /// What breaks it.
  let sql: [String]
  var isRemark = false
  var isSafe = false
  /// Other faults that come with it.
  var others: [Finding.Kind] = []
  /// The server family that can be broken so; nil for both.
  var flavor: ServerFlavor?

  var testDescription: String { "\(kind): \(sql.first ?? "")" }

  static let task = CeleryTables.taskResultName
  static let chord = CeleryTables.chordCounterName
  static let group = CeleryTables.groupResultName

  init(
    _ kind: Finding.Kind,
    _ place: String,
    _ sql: String...,
    isRemark: Bool = false,
    isSafe: Bool = false,
    others: [Finding.Kind] = [],
    flavor: ServerFlavor? = nil
  ) {
    self.kind = kind
    self.place = place
    self.sql = sql
    self.isRemark = isRemark
    self.isSafe = isSafe
    self.others = others
    self.flavor = flavor
  }

  /// A change of the table of task results.
  static func task(
    _ kind: Finding.Kind,
    _ column: String,
    _ change: String,
    isRemark: Bool = false,
    isSafe: Bool = false
  ) -> DoctorCase {
    DoctorCase(kind, "\(task).\(column)", "ALTER TABLE \(task) \(change)", isRemark: isRemark, isSafe: isSafe)
  }

  static let all = columns + texts + indexes + storage + ledger + leftovers
}
