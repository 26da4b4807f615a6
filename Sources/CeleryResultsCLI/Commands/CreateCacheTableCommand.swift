import ArgumentParser
import ResultSchema
import SchemaMigrations

/// The subcommand `create-cache-table`.
struct CreateCacheTableCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "create-cache-table",
    abstract: "Make a table of Django's database cache, as manage.py createcachetable does.",
    discussion: """
      NAME is the LOCATION of the cache in Django's CACHES. A table that is there is left as it is. Where keys of \
      255 characters do not fit the server's indexes nothing is made, and it is said what helps.

      Django's cache deletes a third of all entries when it holds more than 300, results that nobody has fetched \
      among them: set MAX_ENTRIES in its OPTIONS.

      EXAMPLES:
        celery-results create-cache-table celery_cache --dry-run
        celery-results create-cache-table celery_cache
      """
  )

  @Argument(help: .init("The name of the table.", valueName: "name"))
  var name: String

  @OptionGroup var connection: ConnectionOptions

  @Flag(help: "Print the SQL that would be run, and run nothing.")
  var dryRun = false

  @Option(help: .init("Characters of a key.", valueName: "n"))
  var keyLength = DjangoCacheTable.keyLength

  @OptionGroup var storage: StorageOptions

  func validate() throws {
    if name.isEmpty || name.utf16.count > 56 {
      throw ValidationError("the name of a table has 1 to 56 characters here: its index adds _expires")
    }
    if keyLength < 1 { throw ValidationError("--key-length is at least 1, not \(keyLength)") }
  }

  func run() async throws {
    let table = CacheTable(
      connection: try connection.connection(try await connection.settings()),
      name: name,
      keyLength: keyLength,
      rowFormat: storage.chosenRowFormat,
      engine: storage.chosenEngine
    )
    if dryRun {
      try await table.check()
      try StandardOutput.write(line: table.sql + ";")
    } else if try await table.make() {
      try StandardOutput.write(line: "Cache table '\(name)' created.")
    } else {
      try StandardOutput.write(line: "Cache table '\(name)' already exists.")
    }
  }
}
