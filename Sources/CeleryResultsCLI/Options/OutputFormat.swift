import ArgumentParser

/// For whom the output is.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  /// For people.
  case text
  /// For programs.
  case json
}

/// The option `--format`.
struct OutputOptions: ParsableArguments {
  @Option(help: "text for people, json for programs.")
  var format = OutputFormat.text
}
