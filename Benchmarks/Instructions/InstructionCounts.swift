/// Does one kind of work so many times: `InstructionCounts WORK COUNT`.
///
/// Under `valgrind --tool=callgrind` two runs with different counts tell what one time costs, and nothing else.
@main
struct InstructionCounts {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let work = CountedWork(rawValue: arguments[1]), let count = Int(arguments[2])
    else {
      print(CountedWork.allCases.map(\.rawValue).joined(separator: "\n"))
      return
    }
    let once = try work.prepared()
    for _ in 0..<count { try once() }
  }
}
