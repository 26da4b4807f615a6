import ArgumentParser
import ResultSchema

/// How a table is stored: the options that all commands share that make one.
struct StorageOptions: ParsableArguments {
  @Option(help: .init("The row format: dynamic, compact, redundant or compressed.", valueName: "format"))
  var rowFormat: String?

  @Option(
    help: .init("The storage engine, where the server's default is not the one to take.", valueName: "engine")
  )
  var engine: String?

  func validate() throws {
    if let rowFormat, RowFormat(name: rowFormat) == nil {
      throw ValidationError("--row-format \(rowFormat) is not one of dynamic, compact, redundant, compressed")
    }
    if let engine, !engine.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }) {
      throw ValidationError("--engine \(engine) is no name of an engine; InnoDB is the one to take")
    }
  }

  /// The row format that was chosen.
  var chosenRowFormat: RowFormat? { rowFormat.flatMap(RowFormat.init(name:)) }
  /// The engine that was chosen.
  var chosenEngine: StorageEngine? { engine.map { StorageEngine($0) } }
}
