public import ResultSchema

/// What a doctor did, and what is left.
public struct DoctorReport: Sendable, Hashable {
  /// A finding whose statements were run.
  public struct Mended: Sendable, Hashable {
    /// What was mended.
    public let finding: Finding
    /// How the server changed the table, for each statement that did; nil for other statements.
    public let algorithms: [AlterAlgorithm?]
  }

  /// A finding whose statements failed.
  public struct Failed: Sendable, Hashable {
    /// What was to be mended.
    public let finding: Finding
    /// Why it could not be, in words that hold no data.
    public let reason: String
  }

  /// What was mended, in order.
  public internal(set) var mended: [Mended] = []
  /// What could not be mended.
  public internal(set) var failed: [Failed] = []
  /// What there is now.
  public internal(set) var diagnosis: Diagnosis

  /// Whether a fault is left.
  public var hasFaults: Bool { !diagnosis.faults.isEmpty }
}
