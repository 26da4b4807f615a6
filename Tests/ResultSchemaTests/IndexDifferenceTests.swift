import ResultSchema
import Testing

@Suite("Indexes that the catalogue shows")
struct IndexDifferenceTests {
  static let table = CeleryTables.taskResult(taskIDMaxLength: 255)

  static let asMeant = table.indexes.map {
    FoundIndex(
      name: $0.name,
      column: $0.column,
      prefixLength: $0.prefixLength,
      isUnique: $0.kind != .plain,
      type: "BTREE"
    )
  }

  @Test("As meant, and more than meant, are no difference")
  func none() {
    let extra = FoundIndex(name: "mine", column: "worker", prefixLength: 10, isUnique: false, type: "BTREE")
    #expect(Self.table.indexDifferences(from: Self.asMeant + [extra]).isEmpty)
  }

  @Test("A silent hash, a silent prefix, a lost UNIQUE and a missing index are each named")
  func faults() {
    var found = Self.asMeant
    found[1].type = "HASH"
    found[2].prefixLength = 191
    found[3].isUnique = true
    found.removeLast()
    let differences = Self.table.indexDifferences(from: found)
    #expect(differences.map(\.fault) == [.hash, .prefix(characters: 191), .uniqueness, .missing])
    #expect(
      differences.map(\.index.column) == ["task_id", "task_name", "status", "periodic_task_name"]
    )
  }

  @Test("A prefix that was meant is no difference, and its absence is one")
  func meantPrefix() {
    var table = Self.table
    table.indexes[7].prefixLength = 191
    var found = Self.asMeant
    #expect(table.indexDifferences(from: found).map(\.fault) == [.prefix(characters: nil)])
    found[7].prefixLength = 191
    #expect(table.indexDifferences(from: found).isEmpty)
  }
}
