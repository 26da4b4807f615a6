// The text of the statements.
#include "limit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TABLE "`django_celery_results_taskresult`"

const char *const read_columns =
    "task_id, status, content_type, content_encoding, result, meta, traceback, task_name, task_args, task_kwargs, "
    "worker, periodic_task_name, date_done, date_created, date_started";

// The columns in the order in which they are bound; `kept` ones keep what is known where the new value is null.
static const struct {
  const char *name;
  bool updated, kept;
} columns[] = {
    {"task_id", false, false},     {"result", true, false},
    {"meta", true, false},         {"traceback", true, false},
    {"task_name", true, true},     {"task_args", true, true},
    {"task_kwargs", true, true},   {"worker", true, true},
    {"periodic_task_name", true, true},
    {"date_done", true, false},    {"date_created", false, false},
    {"date_started", true, true},  {"content_type", true, false},
    {"content_encoding", true, false},
    // Last: assignments see what those before them have assigned.
    {"status", true, false},
};
static const int column_count = sizeof columns / sizeof columns[0];

struct text {
  char *bytes;
  size_t length, capacity;
};

__attribute__((format(printf, 2, 3))) static void append(struct text *text, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  int more = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  if (text->length + more + 1 > text->capacity) {
    text->capacity = (text->length + more + 1) * 2;
    text->bytes = realloc(text->bytes, text->capacity);
    if (text->bytes == NULL) fail("memory", "there is none left");
  }
  va_start(arguments, format);
  vsnprintf(text->bytes + text->length, more + 1, format, arguments);
  va_end(arguments);
  text->length += more;
}

// MariaDB does not know the alias of the new row, MySQL warns of VALUES().
static void append_new(struct text *sql, const struct worker *worker, const char *column) {
  append(sql, worker->is_mariadb ? "VALUES(`%s`)" : "`new`.`%s`", column);
}

static void append_update(struct text *sql, const struct worker *worker, int index) {
  const char *name = columns[index].name;
  append(sql, "`%s` = ", name);
  if (worker->options->form == form_plain) {
    append_new(sql, worker, name);
    return;
  }
  append(sql, "IF(" TABLE ".`status` = 'SUCCESS' COLLATE utf8mb4_bin AND ");
  append_new(sql, worker, "status");
  append(sql, " <> 'SUCCESS', " TABLE ".`%s`, ", name);
  if (columns[index].kept) append(sql, "COALESCE(");
  append_new(sql, worker, name);
  if (columns[index].kept) append(sql, ", " TABLE ".`%s`)", name);
  append(sql, ")");
}

char *store_statement(const struct worker *worker) {
  struct text sql = {0};
  enum form form = worker->options->form;
  const char *id = form == form_plain  ? "NULL"
                   : form == form_safe ? "(SELECT `id` FROM (SELECT `id` FROM " TABLE
                                         " WHERE `task_id` = ? LIMIT 1) AS `own`)"
                                       : "?";
  // With bulk binding the statement has one row, which is executed with many.
  int rows = form == form_bulk ? 1 : worker->options->rows;
  append(&sql, "INSERT INTO " TABLE " (`id`");
  for (int index = 0; index < column_count; index++) append(&sql, ", `%s`", columns[index].name);
  append(&sql, ") VALUES ");
  for (int row = 0; row < rows; row++) {
    append(&sql, "%s(%s", row == 0 ? "" : ", ", id);
    for (int index = 0; index < column_count; index++) append(&sql, ", ?");
    append(&sql, ")");
  }
  if (!worker->is_mariadb) append(&sql, " AS `new`");
  append(&sql, " ON DUPLICATE KEY UPDATE ");
  bool first = true;
  for (int index = 0; index < column_count; index++) {
    if (!columns[index].updated) continue;
    if (!first) append(&sql, ", ");
    append_update(&sql, worker, index);
    first = false;
  }
  return sql.bytes;
}

char *select_statement(const char *names, int rows) {
  struct text sql = {0};
  append(&sql, "SELECT %s FROM " TABLE " WHERE task_id IN (", names);
  for (int row = 0; row < rows; row++) append(&sql, row == 0 ? "?" : ", ?");
  append(&sql, ")");
  return sql.bytes;
}
