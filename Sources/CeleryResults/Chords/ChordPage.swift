/// Some chords, and where the next page begins.
public struct ChordPage: Hashable, Sendable {
  /// The chords.
  public var chords: [ChordStatus]
  /// Where the next page begins; nil when there is none.
  public var next: ChordCursor?

  /// Makes a page.
  public init(chords: [ChordStatus], next: ChordCursor? = nil) {
    self.chords = chords
    self.next = next
  }
}
