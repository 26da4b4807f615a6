import Testing

@testable import CeleryResultsMariaDB

/// How many rows go into a statement for which MariaDB reserves ids.
struct ReservedIDsTests {
  @Test(arguments: [
    (1, 1), (31, 31), (60, 60), (61, 61), (59, 31), (128, 127), (500, 500), (511, 511), (512, 511),
  ])
  func `A statement takes as many as lose few ids`(count: Int, expected: Int) {
    #expect(count.sizeInReservedIDs == expected)
  }

  @Test func `Of the ids that are reserved for the rows of a statement a sixteenth of them is lost at most`()
  {
    for count in 1...3_000 {
      let size = count.sizeInReservedIDs
      #expect(size >= 1 && size <= count)
      var (reserved, next) = (0, 1)
      while reserved < size { (reserved, next) = (reserved + next, next * 2) }
      #expect((reserved - size) * 16 <= size, "\(count)")
    }
  }

  @Test(arguments: [
    (1, 1), (3, 3), (8, 8), (16, 16), (32, 31), (127, 127), (128, 127), (136, 136), (500, 500), (512, 511),
  ])
  func `A batch leaves a few for the next one`(count: Int, expected: Int) {
    #expect(count.roundedToReservedIDs == expected)
  }
}
