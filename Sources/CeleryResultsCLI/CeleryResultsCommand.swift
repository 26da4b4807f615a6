import ArgumentParser
@main struct CeleryResultsCommand: AsyncParsableCommand { static let configuration = CommandConfiguration(commandName: "celery-results") }
