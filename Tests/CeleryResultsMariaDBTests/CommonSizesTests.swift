import Testing

@testable import CeleryResultsMariaDB

/// In which sizes rows go into statements of several.
@Suite struct CommonSizesTests {
  @Test func `Pieces have few different sizes, and are as few as these allow`() {
    var sizes: Set<Int> = []
    for count in 1...1_023 {
      let pieces = (0..<count)[...].map(\.self)[...].inCommonSizes()
      #expect(pieces.flatMap(\.self) == Array(0..<count))
      #expect(pieces.count <= 6)
      sizes.formUnion(pieces.map(\.count))
    }
    // 1, 2, 3, 4, 6, 7, 8, 12, 15, …
    #expect(sizes.count <= 3 * 9)
  }

  @Test(arguments: [32, 64, 128, 256, 511, 512, 1_024])
  func `What a batch has is one piece`(count: Int) {
    #expect(Array(0..<count.roundedToReservedIDs)[...].inCommonSizes().count == 1)
  }
}
