// limit WORK [OPTIONS]: what a C program on libmariadb reaches. WORK is store or read. Prints `ready` when every
// connection has warmed up, waits for a line on stdin with --wait, and prints one line of JSON.
#include "limit.h"

#include <errno.h>
#include <getopt.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static pthread_barrier_t warm, start;
static const double warm_up = 0.2;

_Noreturn void fail(const char *what, const char *why) {
  fprintf(stderr, "limit: %s: %s\n", what, why);
  exit(1);
}

uint64_t next_random(struct worker *worker) {
  uint64_t value = worker->random += 0x9e3779b97f4a7c15;
  value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
  value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
  return value ^ (value >> 31);
}

// Writes a random id in the form of Celery's.
void write_id(struct worker *worker, char *id) {
  static const char digits[] = "0123456789abcdef";
  uint64_t bits = 0;
  int left = 0;
  for (int place = 0; place < id_length; place++) {
    if (place == 8 || place == 13 || place == 18 || place == 23) {
      id[place] = '-';
      continue;
    }
    if (left == 0) {
      bits = next_random(worker);
      left = 16;
    }
    id[place] = digits[bits & 15];
    bits >>= 4;
    left--;
  }
}

MYSQL_STMT *prepare(struct worker *worker, const char *sql) {
  MYSQL_STMT *statement = mysql_stmt_init(worker->mysql);
  if (statement == NULL || mysql_stmt_prepare(statement, sql, strlen(sql))) fail(sql, mysql_error(worker->mysql));
  return statement;
}

// Deadlocks and lock waits are tried again, as by this project.
void execute(MYSQL_STMT *statement) {
  while (mysql_stmt_execute(statement)) {
    unsigned number = mysql_stmt_errno(statement);
    if (number != 1213 && number != 1205) fail("execute", mysql_stmt_error(statement));
  }
}

static void connect_worker(struct worker *worker) {
  const struct options *options = worker->options;
  worker->mysql = mysql_init(NULL);
  if (!mysql_real_connect(worker->mysql, options->host, options->user, options->password, options->database,
                          options->port, NULL, 0))
    fail("connect", mysql_error(worker->mysql));
  mysql_set_character_set(worker->mysql, "utf8mb4");
  if (mysql_query(worker->mysql, "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"))
    fail("isolation", mysql_error(worker->mysql));
  worker->is_mariadb = strstr(mysql_get_server_info(worker->mysql), "MariaDB") != NULL;
}

static void *run(void *argument) {
  struct worker *worker = argument;
  connect_worker(worker);
  bool reads = worker->options->reads;
  void *work = reads ? (void *)make_reading(worker) : (void *)make_store(worker);
  unit unit = reads ? read_once : store_once;
  measure(worker, unit, work, warm_up);
  pthread_barrier_wait(&warm);
  pthread_barrier_wait(&start);
  measure(worker, unit, work, worker->options->seconds);
  return NULL;
}

static double processor_seconds(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static void read_ids(struct options *options) {
  FILE *file = fopen(options->ids_path, "r");
  if (file == NULL) fail(options->ids_path, strerror(errno));
  size_t capacity = 0;
  char line[256];
  while (fgets(line, sizeof line, file) != NULL) {
    if (options->id_count == capacity) {
      capacity = capacity == 0 ? 4096 : capacity * 2;
      options->ids = realloc(options->ids, capacity * sizeof *options->ids);
    }
    memcpy(options->ids[options->id_count], line, id_length);
    options->ids[options->id_count++][id_length] = 0;
  }
  fclose(file);
  if (options->id_count == 0) fail(options->ids_path, "it is empty");
}

// The same result as the others store: {"total": 42, "text": "xxx…"}
static char *result_of(size_t bytes) {
  static const char begin[] = "{\"total\": 42, \"text\": \"", end[] = "\"}";
  size_t frame = sizeof begin + sizeof end - 2;
  if (bytes < frame) bytes = frame;
  char *text = malloc(bytes + 1);
  memset(text, 'x', bytes);
  memcpy(text, begin, sizeof begin - 1);
  memcpy(text + bytes - (sizeof end - 1), end, sizeof end);
  return text;
}

static enum form form_named(const char *name) {
  static const char *const names[] = {"plain", "safe", "lookup", "bulk"};
  for (int index = 0; index < 4; index++) {
    if (strcmp(names[index], name) == 0) return (enum form)index;
  }
  fail(name, "there is no such form: plain, safe, lookup or bulk");
}

static struct options options_of(int count, char **arguments) {
  static const struct option known[] = {
      {"host", 1, 0, 'h'},   {"port", 1, 0, 'P'},    {"user", 1, 0, 'u'},        {"password", 1, 0, 'p'},
      {"database", 1, 0, 'd'}, {"form", 1, 0, 'f'},  {"rows", 1, 0, 'r'},        {"connections", 1, 0, 'c'},
      {"seconds", 1, 0, 's'}, {"bytes", 1, 0, 'b'},  {"pause", 1, 0, 'w'},       {"ids", 1, 0, 'i'},
      {"wait", 0, 0, 'g'},   {0, 0, 0, 0}};
  struct options options = {.host = "127.0.0.1", .port = 3306, .form = form_safe, .rows = 1, .connections = 1,
                            .seconds = 1, .bytes = 200};
  int letter;
  while ((letter = getopt_long(count, arguments, "", known, NULL)) != -1) {
    switch (letter) {
      case 'h': options.host = optarg; break;
      case 'P': options.port = (unsigned)atoi(optarg); break;
      case 'u': options.user = optarg; break;
      case 'p': options.password = optarg; break;
      case 'd': options.database = optarg; break;
      case 'f': options.form = form_named(optarg); break;
      case 'r': options.rows = atoi(optarg); break;
      case 'c': options.connections = atoi(optarg); break;
      case 's': options.seconds = atof(optarg); break;
      case 'b': options.bytes = (size_t)atol(optarg); break;
      case 'w': options.pause = atol(optarg); break;
      case 'i': options.ids_path = optarg; break;
      case 'g': options.waits_for_start = true; break;
      default: exit(64);
    }
  }
  if (optind + 1 != count) fail("usage", "limit store|read [OPTIONS]");
  options.reads = strcmp(arguments[optind], "read") == 0;
  if (!options.reads && strcmp(arguments[optind], "store") != 0) fail(arguments[optind], "store or read");
  if (options.reads && options.ids_path == NULL) fail("usage", "read needs --ids FILE");
  if (options.rows < 1 || options.rows > most_rows || options.connections < 1) fail("usage", "1 to 1000 rows");
  return options;
}

int main(int count, char **arguments) {
  struct options options = options_of(count, arguments);
  options.result = result_of(options.bytes);
  if (options.ids_path != NULL) read_ids(&options);
  stop_on_request();
  mysql_server_init(0, NULL, NULL);
  struct worker *workers = calloc(options.connections, sizeof *workers);
  pthread_t *threads = calloc(options.connections, sizeof *threads);
  pthread_barrier_init(&warm, NULL, options.connections + 1);
  pthread_barrier_init(&start, NULL, options.connections + 1);
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  for (int index = 0; index < options.connections; index++) {
    workers[index].options = &options;
    workers[index].random = (uint64_t)now.tv_sec * 1000000007u + (uint64_t)now.tv_nsec + ((uint64_t)index << 40);
    if (pthread_create(&threads[index], NULL, run, &workers[index])) fail("thread", "it cannot be made");
  }
  pthread_barrier_wait(&warm);
  printf("ready\n");
  fflush(stdout);
  if (options.waits_for_start && getchar() == EOF) fail("stdin", "it was closed");
  double cpu = processor_seconds();
  struct timespec before, after;
  clock_gettime(CLOCK_MONOTONIC, &before);
  pthread_barrier_wait(&start);
  for (int index = 0; index < options.connections; index++) pthread_join(threads[index], NULL);
  clock_gettime(CLOCK_MONOTONIC, &after);
  double elapsed = (after.tv_sec - before.tv_sec) + (after.tv_nsec - before.tv_nsec) / 1e9;
  report(workers, options.connections, elapsed, processor_seconds() - cpu);
  return 0;
}
