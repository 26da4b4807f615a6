// Runs a unit of work until the time is over, and reports what was reached as one line of JSON.
#include "limit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t stopped;

static void stop(int signal) {
  (void)signal;
  stopped = 1;
}

void stop_on_request(void) {
  struct sigaction action = {.sa_handler = stop, .sa_flags = SA_RESTART};
  sigaction(SIGTERM, &action, NULL);
}

static double seconds_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec + time.tv_nsec / 1e9;
}

static void note(struct worker *worker, double microseconds) {
  if (worker->latency_count == worker->latency_capacity) {
    worker->latency_capacity = worker->latency_capacity == 0 ? 65536 : worker->latency_capacity * 2;
    worker->latencies = realloc(worker->latencies, worker->latency_capacity * sizeof *worker->latencies);
    if (worker->latencies == NULL) fail("memory", "there is none left");
  }
  worker->latencies[worker->latency_count++] = (float)microseconds;
}

void measure(struct worker *worker, unit unit, void *work, double seconds) {
  double begin = seconds_now(), end = begin + seconds;
  worker->done = 0;
  worker->latency_count = 0;
  while (begin < end && !stopped) {
    unit(work);
    double now = seconds_now();
    note(worker, (now - begin) * 1e6);
    if (worker->options->pause > 0) {
      usleep((useconds_t)worker->options->pause);
      now = seconds_now();
    }
    begin = now;
  }
}

static int compare(const void *left, const void *right) {
  float difference = *(const float *)left - *(const float *)right;
  return (difference > 0) - (difference < 0);
}

void report(struct worker *workers, int count, double elapsed, double cpu) {
  size_t done = 0, total = 0;
  for (int index = 0; index < count; index++) {
    done += workers[index].done;
    total += workers[index].latency_count;
  }
  float *all = malloc((total + 1) * sizeof *all);
  size_t place = 0;
  for (int index = 0; index < count; index++) {
    for (size_t each = 0; each < workers[index].latency_count; each++) all[place++] = workers[index].latencies[each];
  }
  qsort(all, total, sizeof *all, compare);
  if (total == 0) fail("measure", "nothing was done in time");
  printf("{\"count\": %zu, \"seconds\": %.4f, \"per_second\": %.1f, \"client_cpu\": %.4f, "
         "\"p50_us\": %.1f, \"p99_us\": %.1f, \"p999_us\": %.1f, \"max_us\": %.1f}\n",
         done, elapsed, done / elapsed, cpu, all[total / 2], all[total * 99 / 100], all[total * 999 / 1000],
         all[total - 1]);
  free(all);
}
