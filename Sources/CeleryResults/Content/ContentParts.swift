/// Lists of numbers that all lie in one array, each in one or more runs.
struct ContentParts {
  private struct List {
    var first: Int32 = -1
    var last: Int32 = -1
  }

  private struct Run {
    var start: Int32
    var count: Int32
    var next: Int32 = -1
  }

  /// All numbers of all lists.
  private(set) var numbers: [Int32] = []
  private var lists: [List] = []
  private var runs: [Run] = []

  /// Adds a list, and gives its own number.
  mutating func add(_ numbers: [Int32]) -> Int32 {
    lists.append(List())
    let list = Int32(truncatingIfNeeded: lists.count - 1)
    append(numbers, to: list)
    return list
  }

  /// Adds numbers at the end of a list.
  mutating func append(_ added: [Int32], to list: Int32) {
    guard !added.isEmpty else { return }
    let (start, count) = (Int32(truncatingIfNeeded: numbers.count), Int32(truncatingIfNeeded: added.count))
    numbers.append(contentsOf: added)
    let last = lists[Int(list)].last
    if last >= 0, runs[Int(last)].start + runs[Int(last)].count == start {
      runs[Int(last)].count += count
      return
    }
    let run = Int32(truncatingIfNeeded: runs.count)
    runs.append(Run(start: start, count: count))
    if last >= 0 { runs[Int(last)].next = run } else { lists[Int(list)].first = run }
    lists[Int(list)].last = run
  }

  /// The numbers of a list.
  subscript(list: Int32) -> [Int32] {
    var found: [Int32] = []
    var next = lists[Int(list)].first
    while next >= 0 {
      let run = runs[Int(next)]
      found.append(contentsOf: numbers[Int(run.start)..<Int(run.start + run.count)])
      next = run.next
    }
    return found
  }
}
