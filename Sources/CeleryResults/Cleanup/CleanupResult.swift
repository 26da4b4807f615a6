/// What a cleanup has deleted, or would delete.
public struct CleanupResult: Hashable, Sendable {
  /// How many tasks.
  public var tasks: Int
  /// How many groups.
  public var groups: Int
  /// How many chord counters whose chords have been given up.
  public var chordCounters: Int
  /// How many rows of this project's own table of chords: those closed, and those of such counters.
  public var chords: Int

  /// Makes a count.
  public init(tasks: Int = 0, groups: Int = 0, chordCounters: Int = 0, chords: Int = 0) {
    self.tasks = tasks
    self.groups = groups
    self.chordCounters = chordCounters
    self.chords = chords
  }

  /// Adds what another cleanup has deleted.
  public static func += (result: inout CleanupResult, other: CleanupResult) {
    result.tasks += other.tasks
    result.groups += other.groups
    result.chordCounters += other.chordCounters
    result.chords += other.chords
  }
}
