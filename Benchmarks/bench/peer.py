"""peer NAME URL: one of Celery's own backends. It is told by lines of JSON on stdin what to do, says `ready`,
waits for a line, and answers with a line of JSON.

Each measurement has new processes, which are forked after everything is imported, as a prefork worker's are."""

import json
import multiprocessing
import resource
import sys
import time

from bench import backends, work

WARM_UP = 0.3


def repeat(once, seconds, latencies):
    begin = time.perf_counter()
    end = begin + seconds
    while begin < end:
        once()
        now = time.perf_counter()
        latencies.append(now - begin)
        begin = now


def child(app, command, ready, start, results):
    once = work.WORK[command["work"]](app, command)
    repeat(once, WARM_UP, [])
    ready.release()
    start.wait()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    begin = time.perf_counter()
    latencies = []
    repeat(once, command["seconds"], latencies)
    elapsed = time.perf_counter() - begin
    after = resource.getrusage(resource.RUSAGE_SELF)
    results.put((latencies, elapsed, after.ru_utime + after.ru_stime - usage.ru_utime - usage.ru_stime))


def load(app, command):
    context = multiprocessing.get_context("fork")
    ready, start, results = context.Semaphore(0), context.Event(), context.Queue()
    children = [
        context.Process(target=child, args=(app, command, ready, start, results), daemon=True)
        for _ in range(command["processes"])
    ]
    for each in children:
        each.start()
    for _ in children:
        if not ready.acquire(timeout=60):
            raise SystemExit("a process did not get ready")
    say_ready()
    sys.stdin.readline()
    start.set()
    parts = [results.get(timeout=command["seconds"] + 60) for _ in children]
    for each in children:
        each.join()
    latencies = sorted(latency for part in parts for latency in part[0])
    elapsed = max(part[1] for part in parts)

    def share(part):
        return latencies[min(len(latencies) - 1, int(len(latencies) * part))] * 1e6

    return {
        "count": len(latencies), "seconds": elapsed, "per_second": len(latencies) / elapsed,
        "client_cpu": sum(part[2] for part in parts),
        "p50_us": share(0.5), "p99_us": share(0.99), "p999_us": share(0.999), "max_us": share(1),
    }


def say_ready():
    print("ready", flush=True)


def main():
    name, url = sys.argv[1:]
    app = backends.APPLICATIONS[name](url)
    for line in iter(sys.stdin.readline, ""):
        command = json.loads(line)
        if command["work"] == "wait":
            answer = work.wait(app, work.read_ids(command["ids"]), say_ready)
        elif command["work"] == "cleanup":
            say_ready()
            sys.stdin.readline()
            answer = work.cleanup(app)
        else:
            answer = load(app, command)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
