import ArgumentParser
import CeleryResults
import CeleryResultsMariaDB

/// The subcommand `read`.
struct ReadCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read",
    abstract: "Read results, one id a call."
  )

  @OptionGroup var backend: BackendOptions
  @OptionGroup var load: LoadOptions

  @Option(help: "A file of ids of rows that exist.")
  var ids: String

  func run() async throws {
    let backend = try backend.backend()
    let known = try TaskIDs.read(ids)
    let report = try await Load(options: load).run { caller in
      while caller.next() != nil {
        let id = known[Int(caller.ids.number() % UInt64(known.count))]
        guard try await backend.taskMeta(for: id).state == .success else {
          throw ValidationError("\(id) is not stored")
        }
      }
    }
    Start.write(line: report.json)
    await backend.shutDown()
  }
}
