import ArgumentParser

/// Does one kind of work with this project's backend and prints what was reached as one line of JSON.
///
/// `Scripts/bench` runs it, in turns with the others.
@main
struct BenchmarkDriver: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "BenchmarkDriver",
    abstract: "Does one kind of work with DatabaseBackend and prints what was reached.",
    subcommands: [
      StoreCommand.self, ReadCommand.self, WaitCommand.self, PurgeCommand.self, IdleCommand.self,
      LargeCommand.self,
    ]
  )
}
