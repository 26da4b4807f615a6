// What a C program on libmariadb reaches on the same table: the limit that the benchmark compares with.
#ifndef LIMIT_H
#define LIMIT_H

#include <mysql.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { id_length = 36, most_rows = 1000 };

// Which statement stores.
enum form {
  // Overwrites, and uses up an AUTO_INCREMENT value for every row: what most programs send.
  form_plain,
  // Keeps SUCCESS; every row looks up its own id in the statement.
  form_safe,
  // Keeps SUCCESS; the ids of the rows that exist are asked for first.
  form_lookup,
  // The same, with MariaDB's bulk array binding.
  form_bulk,
};

struct options {
  const char *host, *user, *password, *database;
  unsigned port;
  bool reads, waits_for_start;
  enum form form;
  int rows, connections;
  double seconds;
  size_t bytes;
  long pause;
  const char *ids_path;
  char (*ids)[id_length + 1];
  size_t id_count;
  char *result;
};

// What one connection has done.
struct worker {
  const struct options *options;
  MYSQL *mysql;
  bool is_mariadb;
  uint64_t random;
  size_t done;
  float *latencies;
  size_t latency_count, latency_capacity;
};

typedef void (*unit)(void *work);

_Noreturn void fail(const char *what, const char *why);
uint64_t next_random(struct worker *worker);
void write_id(struct worker *worker, char *id);
MYSQL_STMT *prepare(struct worker *worker, const char *sql);
void execute(MYSQL_STMT *statement);

char *store_statement(const struct worker *worker);
char *select_statement(const char *columns, int rows);

struct store *make_store(struct worker *worker);
void store_once(void *store);
struct reading *make_reading(struct worker *worker);
void read_once(void *reading);

// SIGTERM ends the measurement, and what was reached until then is reported.
void stop_on_request(void);
void measure(struct worker *worker, unit unit, void *work, double seconds);
void report(struct worker *workers, int count, double elapsed, double cpu);

extern const char *const read_columns;

#endif
