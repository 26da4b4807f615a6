import ResultSchema
import Testing

@Suite("The explanation of a key that is too long")
struct KeyLengthExplanationTests {
  @Test("COMPACT by default on MySQL: every index, its bytes, and commands that work")
  func compact() throws {
    let schema = standardSchema(try facts("9.7.4-2", rowFormat: .compact)).with(.standard)
    let explanation = KeyLengthExplanation(schema: schema, command: "celery-results migrate --url u")
    #expect(
      explanation.description == """
        The tables do not fit on this server with a length of 255 characters.
        MySQL 9.7.4, InnoDB with COMPACT rows (innodb_default_row_format) and pages of 16384 bytes, \
        utf8mb4 of 4 bytes a character.

          django_celery_results_taskresult.task_id: the UNIQUE index on 255 characters needs 1020 bytes, \
        this server allows 767 (error 1709)
          django_celery_results_taskresult.task_name: the index on 255 characters needs 1020 bytes, \
        this server allows 767 (error 1709)
          django_celery_results_chordcounter.group_id: the UNIQUE index on 255 characters needs 1020 bytes, \
        this server allows 767 (error 1709)
          django_celery_results_groupresult.group_id: the UNIQUE index on 255 characters needs 1020 bytes, \
        this server allows 767 (error 1709)

        What makes them fit, best first:
          1. DYNAMIC rows allow 3072 bytes, and nothing is lost:
             celery-results migrate --url u --row-format dynamic
          2. 191 characters fit; longer ids and task names are refused, and the index on periodic_task_name \
        covers its first 191 characters:
             DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=191 celery-results migrate --url u
        """
    )
  }

  @Test("A length that the user set is named with the largest that would do")
  func settingValue() throws {
    let schema = standardSchema(try facts("10.11.18-MariaDB")).with(.length(1000))
    let text = KeyLengthExplanation(schema: schema, command: "m", settingValue: "1000").description
    #expect(
      text.hasPrefix(
        "DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=1000 is more than this server can index or keep in a row; "
          + "the largest that would do here is 768.\nMariaDB 10.11.18, InnoDB with DYNAMIC rows"
      )
    )
    #expect(text.contains("needs 4000 bytes, this server allows 3072 (silently made a HASH index)"))
    #expect(text.contains("(silently cut to 768 characters, warning 1071)"))
    #expect(text.contains("What makes them fit:\n  1. 768 characters fit"))
    #expect(text.hasSuffix("DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=768 m"))
  }

  @Test("MyISAM by default: InnoDB is proposed by name")
  func engine() throws {
    let schema = standardSchema(try facts("9.7.4-2", engine: .myISAM)).with(.standard)
    let text = KeyLengthExplanation(schema: schema, command: "m").description
    #expect(text.contains("MySQL 9.7.4, MyISAM (default_storage_engine), utf8mb4"))
    #expect(text.contains("1. InnoDB allows 3072 bytes:\n     m --engine innodb\n"))
    #expect(text.contains("DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=250 m"))
  }

  @Test("What the user stated stays in the command that only shortens")
  func statedRowFormat() throws {
    let schema = standardSchema(try facts("9.7.4-2"), rowFormat: .redundant).with(.standard)
    let explanation = KeyLengthExplanation(schema: schema, command: "m")
    let lines = schema.remedies.map(explanation.commandLine)
    #expect(
      lines == [
        "m --row-format dynamic", "DJANGO_CELERY_RESULTS_TASK_ID_MAX_LENGTH=191 m --row-format redundant",
      ]
    )
  }

  @Test("Rows too large for small pages are said as such")
  func rows() throws {
    let schema = standardSchema(try facts("10.11.18-MariaDB", pageSize: 4096, rowFormat: .compact)).with(
      .length(100)
    )
    let text = KeyLengthExplanation(schema: schema, command: "m").description
    #expect(
      text.contains(
        "  django_celery_results_taskresult: a row may need more than the 1982 bytes that this server allows "
          + "(error 1118)\n"
      )
    )
    #expect(text.contains("m --row-format dynamic"))
  }
}
