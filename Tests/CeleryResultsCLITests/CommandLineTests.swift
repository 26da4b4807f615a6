import ArgumentParser
import CeleryResults
import Testing

@testable import CeleryResultsCLI

@Suite struct CommandLineTests {
  private static func message(_ arguments: [String]) -> (code: ExitCode, text: String)? {
    do {
      _ = try CeleryResultsCommand.parseAsRoot(arguments)
      return nil
    } catch {
      return (CeleryResultsCommand.exitCode(for: error), CeleryResultsCommand.fullMessage(for: error))
    }
  }

  @Test(
    arguments: [
      ["store", "a"], ["store", "a", "--state", "PROGRESS", "--result", "{}"],
      ["store", "a", "--exception", "ValueError", "--message", "x", "--message", "y", "--traceback", "t"],
      ["store", "a", "--state", "RETRY"], ["store", "a", "--state", "REVOKED"],
      ["store", "a", "--state", "FAILURE", "--result", "{}"],
      ["list"], ["list", "--limit", "1"], ["list", "--limit", "10000"],
      ["list", "--after", "1767225600000000_42"],
      ["list", "--state", "A", "--state", "B", "--since", "2h", "--until", "2026-01-31 10:00:00"],
      ["get", "a", "--format", "json"], ["wait", "a", "--timeout", "0", "--interval", "0.01"],
      ["wait", "a", "--follow-binary-log"], ["wait", "a", "--no-follow-binary-log"],
      ["cleanup", "--older-than", "7d"], ["forget", "a", "b"],
      ["migrate", "--row-format", "dynamic", "--engine", "InnoDB", "--lock-timeout", "5m"],
    ])
  func `What a command takes is taken`(arguments: [String]) {
    #expect(Self.message(arguments)?.text == nil)
  }

  @Test(
    arguments: [
      (["store"], "Missing expected argument '<id>'"), (["store", ""], "the id of the task is empty"),
      (["store", "a", "--state", ""], "--state is empty"),
      (["store", "a", "--state", "PENDING"], "Celery never stores the state PENDING"),
      (["store", "a", "--state", "IGNORED"], "Celery never stores the state IGNORED"),
      (["store", "a", "--result", "1", "--exception", "E"], "--result and --exception exclude each other"),
      (["store", "a", "--result", "-", "--password-file", "-"], "both read standard input"),
      (["store", "a", "--message", "m"], "--message belongs to an --exception"),
      (["store", "a", "--state", "SUCCESS", "--exception", "E"], "not to SUCCESS"),
      (["store", "a", "--state", "PROGRESS", "--exception", "E"], "not to PROGRESS"),
      (["store", "a", "--exception", ""], "the name of a class"),
      (["store", "a", "--exception", "module."], "the name of a class"),
      (["store", "a", "--state", "FAILURE"], "a FAILURE needs the --exception"),
      (["list", "--limit", "0"], "--limit must be from 1 to 10000"),
      (["list", "--limit", "10001"], "--limit must be from 1 to 10000"),
      (["list", "--after", "yesterday"], "--after is no key that a page has printed"),
      (["list", "--since", "yesterday"], "'yesterday' is invalid for '--since <time>'"),
      (["list", "--format", "xml"], "'text' and 'json'"),
      (["wait", "a", "--interval", "0"], "--interval must be at least 0.001s"),
      (["wait", "a", "--timeout", "soon"], "'soon' is invalid for '--timeout <time>'"),
      (["cleanup", "--older-than", "-1"], "--older-than"), (["forget"], "Missing expected argument"),
      (
        ["migrate", "--row-format", "wide"],
        "--row-format wide is not one of dynamic, compact, redundant, compressed"
      ),
      (["migrate", "--engine", "Inno DB"], "--engine Inno DB is no name of an engine"),
      (["nosuch"], "nosuch"), (["get", "a", "--nosuch"], "--nosuch"),
    ])
  func `Wrong usage is refused with the reason`(arguments: [String], reason: String) throws {
    let message = try #require(Self.message(arguments))
    #expect(message.code == .validationFailure)
    #expect(message.text.contains(reason))
    #expect(message.text.contains("--help"))
  }

  @Test
  func `A state that nobody names is SUCCESS, and FAILURE with an exception`() throws {
    #expect(try StoreCommand.parse(["a"]).taskState == .success)
    #expect(try StoreCommand.parse(["a", "--exception", "ValueError"]).taskState == .failure)
    #expect(
      try StoreCommand.parse(["a", "--exception", "ValueError", "--state", "RETRY"]).taskState == .retry
    )
  }

  private static let commands = [CeleryResultsCommand.self] + CeleryResultsCommand.configuration.subcommands

  private static func examples(_ index: Int) -> [Substring] {
    let help = CeleryResultsCommand.helpMessage(for: commands[index], columns: 80)
    return help.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { $0 != "EXAMPLES:" }.dropFirst().prefix { !$0.isEmpty }.map(\.self)
  }

  @Test(arguments: commands.indices)
  func `Every command's help has examples, none of which is broken at 80 columns`(index: Int) {
    let examples = Self.examples(index)
    #expect(!examples.isEmpty)
    for example in examples { #expect(example.hasPrefix("  ") && example.count <= 80, "\(example)") }
  }

  @Test(arguments: commands.indices)
  func `Every example of the help is one that the tool takes`(index: Int) throws {
    for example in Self.examples(index) where !example.hasPrefix("  export ") {
      let words = try #require(Self.words(example), "\(example)")
      #expect(Self.message(words)?.text == nil, "\(example)")
    }
  }

  /// The arguments of an example, as a shell splits them; nil for a line that is none.
  private static func words(_ line: Substring) -> [String]? {
    var words: [String] = []
    for (index, part) in line.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
      if index % 2 == 1 {
        words.append(String(part))
      } else {
        words += part.split(separator: " ").map(String.init)
      }
    }
    guard let tool = words.firstIndex(of: "celery-results") else { return nil }
    return words[(tool + 1)...].prefix { $0 != "<" }.map(\.self)
  }
}
