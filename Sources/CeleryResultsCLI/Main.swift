import ArgumentParser

/// Where the tool starts.
@main
enum Main {
  static func main() async {
    let arguments = ProcessArguments.takeAndWipePasswords()
    do {
      var command = try CeleryResultsCommand.parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      ToolExit.end(with: error, arguments: arguments)
    }
  }
}
