// Stores rows over and over: the binding of the parameters, and the ids of rows that exist.
#include "limit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { column_count = 15 };

struct store {
  struct worker *worker;
  MYSQL_STMT *insert, *lookup;
  int rows;
  // The next of the ids that are there, where such are stored over.
  size_t next_known;
  char (*ids)[id_length + 1];
  unsigned long id_lengths[most_rows], result_length;
  MYSQL_TIME now;
  // The id of the row that exists, or none.
  long long row_ids[most_rows];
  char row_id_is[most_rows];
  my_bool row_id_is_null[most_rows];
  // What was found.
  long long found_row_id;
  char found_task_id[256];
  unsigned long found_length;
  // Bulk binding takes an array of pointers, of lengths and of indicators for every column.
  void *pointers[column_count + 1][most_rows];
  unsigned long lengths[column_count + 1][most_rows];
  char indicators[column_count + 1][most_rows];
  MYSQL_BIND *binds;
};

static const char meta[] = "{\"children\": null}", json[] = "application/json", utf8[] = "utf-8", done[] = "SUCCESS";

static void set_text(MYSQL_BIND *bind, const char *text, unsigned long length) {
  bind->buffer_type = MYSQL_TYPE_STRING;
  bind->buffer = (void *)text;
  bind->buffer_length = length;
}

// Binds the columns of one row after its id.
static void bind_columns(struct store *store, MYSQL_BIND *binds, int row) {
  for (int index = 0; index < column_count; index++) binds[index].buffer_type = MYSQL_TYPE_NULL;
  set_text(&binds[0], store->ids[row], id_length);
  set_text(&binds[1], store->worker->options->result, store->result_length);
  set_text(&binds[2], meta, sizeof meta - 1);
  for (int index = 9; index <= 10; index++) {
    binds[index].buffer_type = MYSQL_TYPE_DATETIME;
    binds[index].buffer = &store->now;
  }
  set_text(&binds[12], json, sizeof json - 1);
  set_text(&binds[13], utf8, sizeof utf8 - 1);
  set_text(&binds[14], done, sizeof done - 1);
}

static void bind_rows(struct store *store) {
  enum form form = store->worker->options->form;
  int width = column_count + (form == form_plain ? 0 : 1);
  store->binds = calloc((size_t)width * store->rows, sizeof(MYSQL_BIND));
  for (int row = 0; row < store->rows; row++) {
    MYSQL_BIND *binds = store->binds + (size_t)row * width;
    if (form == form_safe) set_text(binds++, store->ids[row], id_length);
    if (form == form_lookup) {
      binds->buffer_type = MYSQL_TYPE_LONGLONG;
      binds->buffer = &store->row_ids[row];
      binds->is_null = &store->row_id_is_null[row];
      binds++;
    }
    bind_columns(store, binds, row);
  }
}

static void bind_bulk(struct store *store) {
  MYSQL_BIND row[column_count + 1];
  memset(row, 0, sizeof row);
  store->binds = calloc(column_count + 1, sizeof(MYSQL_BIND));
  for (int index = 0; index < store->rows; index++) {
    bind_columns(store, row + 1, index);
    for (int column = 1; column <= column_count; column++) {
      store->pointers[column][index] = row[column].buffer;
      store->lengths[column][index] = row[column].buffer_length;
      store->indicators[column][index] =
          row[column].buffer_type == MYSQL_TYPE_NULL ? STMT_INDICATOR_NULL : STMT_INDICATOR_NONE;
    }
  }
  for (int column = 1; column <= column_count; column++) {
    MYSQL_BIND *bind = store->binds + column;
    bind->buffer_type = row[column].buffer_type == MYSQL_TYPE_NULL ? MYSQL_TYPE_STRING : row[column].buffer_type;
    bind->buffer = store->pointers[column];
    bind->length = store->lengths[column];
    bind->u.indicator = store->indicators[column];
  }
  store->binds[0].buffer_type = MYSQL_TYPE_LONGLONG;
  store->binds[0].buffer = store->row_ids;
  store->binds[0].u.indicator = store->row_id_is;
  unsigned rows = store->rows;
  if (mysql_stmt_attr_set(store->insert, STMT_ATTR_ARRAY_SIZE, &rows)) fail("array", mysql_stmt_error(store->insert));
}

static void make_lookup(struct store *store) {
  char *sql = select_statement("id, task_id", store->rows);
  store->lookup = prepare(store->worker, sql);
  free(sql);
  MYSQL_BIND *binds = calloc(store->rows, sizeof(MYSQL_BIND));
  for (int row = 0; row < store->rows; row++) set_text(&binds[row], store->ids[row], id_length);
  if (mysql_stmt_bind_param(store->lookup, binds)) fail("bind", mysql_stmt_error(store->lookup));
  free(binds);
  MYSQL_BIND found[2] = {
      {.buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &store->found_row_id},
      {.buffer_type = MYSQL_TYPE_STRING,
       .buffer = store->found_task_id,
       .buffer_length = sizeof store->found_task_id,
       .length = &store->found_length},
  };
  if (mysql_stmt_bind_result(store->lookup, found)) fail("bind", mysql_stmt_error(store->lookup));
}

struct store *make_store(struct worker *worker) {
  struct store *store = calloc(1, sizeof *store);
  store->worker = worker;
  store->rows = worker->options->rows;
  store->result_length = strlen(worker->options->result);
  store->ids = calloc(store->rows, sizeof *store->ids);
  char *sql = store_statement(worker);
  store->insert = prepare(worker, sql);
  free(sql);
  if (worker->options->form == form_bulk) {
    bind_bulk(store);
  } else {
    bind_rows(store);
  }
  if (worker->options->form >= form_lookup) make_lookup(store);
  // The buffers stay where they are, so they are bound once.
  if (mysql_stmt_bind_param(store->insert, store->binds)) fail("bind", mysql_stmt_error(store->insert));
  return store;
}

static void look_up(struct store *store) {
  for (int row = 0; row < store->rows; row++) {
    store->row_id_is_null[row] = 1;
    store->row_id_is[row] = STMT_INDICATOR_NULL;
  }
  execute(store->lookup);
  int status;
  while ((status = mysql_stmt_fetch(store->lookup)) == 0) {
    for (int row = 0; row < store->rows; row++) {
      if (memcmp(store->ids[row], store->found_task_id, id_length) != 0) continue;
      store->row_ids[row] = store->found_row_id;
      store->row_id_is_null[row] = 0;
      store->row_id_is[row] = STMT_INDICATOR_NONE;
      break;
    }
  }
  if (status != MYSQL_NO_DATA) fail("fetch", mysql_stmt_error(store->lookup));
}

static void set_now(MYSQL_TIME *now) {
  struct timespec time;
  struct tm day;
  clock_gettime(CLOCK_REALTIME, &time);
  gmtime_r(&time.tv_sec, &day);
  *now = (MYSQL_TIME){
      .year = day.tm_year + 1900,
      .month = day.tm_mon + 1,
      .day = day.tm_mday,
      .hour = day.tm_hour,
      .minute = day.tm_min,
      .second = day.tm_sec,
      .second_part = time.tv_nsec / 1000,
      .time_type = MYSQL_TIMESTAMP_DATETIME,
  };
}

void store_once(void *work) {
  struct store *store = work;
  struct worker *worker = store->worker;
  for (int row = 0; row < store->rows; row++) {
    if (worker->options->ids != NULL) {
      memcpy(store->ids[row], worker->options->ids[store->next_known++ % worker->options->id_count], id_length);
    } else {
      write_id(worker, store->ids[row]);
    }
  }
  set_now(&store->now);
  if (store->lookup != NULL) look_up(store);
  execute(store->insert);
  worker->done += store->rows;
}
