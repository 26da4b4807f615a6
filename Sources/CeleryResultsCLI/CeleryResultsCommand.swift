import ArgumentParser

/// The tool: its subcommands, and what `--help` says of all of them.
struct CeleryResultsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "celery-results",
    abstract: "Results of Celery tasks in MySQL or MariaDB, in the tables of django-celery-results.",
    usage: "celery-results <subcommand> [--url mysql://user:password@host:port/database]",
    discussion: """
      The server is named by --url or by CELERY_RESULT_BACKEND.

      EXIT CODES:
        0   done
        1   refused or failed
        3   not there, or not ready in time
        64  wrong usage
        69  no server

      EXAMPLES:
        export CELERY_RESULT_BACKEND=mysql://celery:secret@127.0.0.1:3306/celery
        celery-results migrate
        celery-results store 7e3c0c4e --result '{"total": 42}'
        celery-results get 7e3c0c4e
        celery-results list --state FAILURE --since 1d
      """,
    version: Version.text,
    subcommands: [
      CheckCommand.self, MigrateCommand.self, ResizeCommand.self, DoctorCommand.self, StoreCommand.self,
      GetCommand.self, WaitCommand.self, GroupCommand.self, ListCommand.self, ChordsCommand.self,
      ForgetCommand.self, CleanupCommand.self, ImportCommand.self, CreateCacheTableCommand.self,
    ]
  )
}
