// Reads rows by their ids over and over.
#include "limit.h"

#include <stdlib.h>
#include <string.h>

enum { column_count = 15, text_size = 65536 };

struct reading {
  struct worker *worker;
  MYSQL_STMT *select;
  int rows;
  char (*ids)[id_length + 1];
  char *texts;
  MYSQL_TIME times[column_count];
  unsigned long lengths[column_count];
  my_bool nulls[column_count];
};

struct reading *make_reading(struct worker *worker) {
  struct reading *reading = calloc(1, sizeof *reading);
  reading->worker = worker;
  reading->rows = worker->options->rows;
  reading->ids = calloc(reading->rows, sizeof *reading->ids);
  reading->texts = malloc((size_t)column_count * text_size);
  char *sql = select_statement(read_columns, reading->rows);
  reading->select = prepare(worker, sql);
  free(sql);
  MYSQL_BIND *parameters = calloc(reading->rows, sizeof(MYSQL_BIND));
  for (int row = 0; row < reading->rows; row++) {
    parameters[row].buffer_type = MYSQL_TYPE_STRING;
    parameters[row].buffer = reading->ids[row];
    parameters[row].buffer_length = id_length;
  }
  if (mysql_stmt_bind_param(reading->select, parameters)) fail("bind", mysql_stmt_error(reading->select));
  free(parameters);
  MYSQL_BIND binds[column_count];
  memset(binds, 0, sizeof binds);
  for (int column = 0; column < column_count; column++) {
    bool is_time = column >= column_count - 3;
    binds[column].buffer_type = is_time ? MYSQL_TYPE_DATETIME : MYSQL_TYPE_STRING;
    binds[column].buffer =
        is_time ? (void *)&reading->times[column] : (void *)(reading->texts + (size_t)column * text_size);
    binds[column].buffer_length = is_time ? sizeof(MYSQL_TIME) : text_size;
    binds[column].length = &reading->lengths[column];
    binds[column].is_null = &reading->nulls[column];
  }
  if (mysql_stmt_bind_result(reading->select, binds)) fail("bind", mysql_stmt_error(reading->select));
  return reading;
}

void read_once(void *work) {
  struct reading *reading = work;
  const struct options *options = reading->worker->options;
  for (int row = 0; row < reading->rows; row++) {
    memcpy(reading->ids[row], options->ids[next_random(reading->worker) % options->id_count], id_length);
  }
  execute(reading->select);
  int status;
  size_t found = 0;
  while ((status = mysql_stmt_fetch(reading->select)) == 0) found++;
  if (status != MYSQL_NO_DATA) fail("fetch", mysql_stmt_error(reading->select));
  if (found == 0) fail("read", "a row is missing");
  reading->worker->done += found;
}
