"""Those that are measured: each function runs one of them once and returns what it reached."""

from urllib.parse import urlsplit

from .programs import Program

# What is known of the database server alone.
SERVERS_OWN = ("server_cpu", "connections", "counters")


def measured(bench, begin):
    """Starts a program, which `begin` returns when it is ready, and adds what the server counted meanwhile."""
    server = bench.server
    idle = server.connections()
    program = begin()
    connections = server.connections() - idle
    before, cpu = server.counters(), server.processor_seconds()
    program.send()
    answer = program.answer()
    after = server.counters()
    answer["server_cpu"] = server.processor_seconds() - cpu
    answer["connections"] = connections
    # The question for the counters counts itself.
    after["Questions"] -= 1
    answer["counters"] = {name: after[name] - before[name] for name in after}
    return answer


def measured_once(bench, words):
    """Measures a program that ends afterwards."""
    program = None

    def begin():
        nonlocal program
        program = Program(words)
        program.wait_until_ready()
        return program

    try:
        return measured(bench, begin)
    finally:
        if program is not None:
            program.close()


def ours(bench, work, database, callers, seconds=None, fresh=False, **options):
    """This project."""
    if fresh:
        bench.server.truncate(database)
    return {"callers": callers, **measured_once(bench, driver_words(
        bench, work, database, callers=callers, seconds=seconds or bench.seconds, **options))}


def driver_words(bench, work, database, wait=True, **options):
    words = [bench.driver, work, "--url", bench.server.database_url(database),
             "--connections", str(bench.connections)]
    if wait:
        words.append("--wait")
    return words + as_options(options)


def c_words(bench, work, database, **options):
    parts = urlsplit(bench.server.url)
    options = {"host": parts.hostname, "port": parts.port, "user": parts.username, "password": parts.password,
               "database": database, **options}
    return [bench.limit, work, "--wait", *as_options(options)]


def c(bench, work, database, form="safe", rows=1, connections=None, seconds=None, fresh=False, **options):
    """The C program on libmariadb."""
    if fresh:
        bench.server.truncate(database)
    answer = measured_once(bench, c_words(
        bench, work, database, form=form, rows=rows, connections=connections or bench.connections,
        seconds=seconds or bench.seconds, **options))
    return {"form": form, "rows": rows, **answer}


def peer(bench, name, work, database, processes, seconds=None, fresh=False, size=200, **options):
    """One of Celery's own backends."""
    if fresh:
        bench.server.truncate(database)
    program = bench.peer(name, database)

    def begin():
        program.begin(
            work=work, processes=processes, seconds=seconds or bench.seconds, bytes=size, **options)
        return program

    answer = measured(bench, begin)
    if name == "redis":
        # Another server did the work.
        answer = {name: value for name, value in answer.items() if name not in SERVERS_OWN}
    return {"processes": processes, **answer}


def as_options(options):
    words = []
    for name, value in options.items():
        if value is True:
            words.append(f"--{name}")
        elif value is not None and value is not False:
            words += [f"--{name}", str(value)]
    return words


def best(results):
    return max(results, key=lambda result: result["per_second"])
