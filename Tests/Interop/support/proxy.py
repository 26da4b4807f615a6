"""Stands between a program and the server, and stops the program between two statements that write."""

import re
import socket
import threading
from urllib.parse import urlsplit, urlunsplit

from support.packets import QUERY, STMT_EXECUTE, STMT_PREPARE, read_packet, statement_id

# What other statements do is undone with the session.
WRITES = re.compile(
    r"(\s|/\*.*?\*/|--\s.*?\n)*(CREATE|ALTER|DROP|RENAME|TRUNCATE|INSERT|REPLACE|UPDATE|DELETE|COMMIT|OPTIMIZE)\b",
    re.IGNORECASE | re.DOTALL)
SECONDS = 120


class Proxy:
    """Counts the statements that write. At boundary 0 the first of them is not sent to the server; at boundary k
    the server has answered the k-th, and the program is not told. Without a boundary it only counts."""

    def __init__(self, url, boundary=None):
        self.parts = urlsplit(url)
        self.boundary = boundary
        self.statements = []
        self.reached = threading.Event()
        self.released = threading.Event()
        self.lock = threading.Lock()
        self.sockets = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    @property
    def url(self):
        user = self.parts.netloc.rpartition("@")[0]
        return urlunsplit(self.parts._replace(netloc=f"{user}@127.0.0.1:{self.port}", query="ssl-mode=DISABLED"))

    def accept(self):
        while True:
            try:
                program, _ = self.listener.accept()
                server = socket.create_connection((self.parts.hostname, self.parts.port))
            except OSError:
                return
            for end in (program, server):
                # A packet is not to wait until the one before it was acknowledged.
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            with self.lock:
                self.sockets += [program, server]
            Session(self, program, server).start()

    def will_write(self):
        """The program has sent a statement that writes."""
        if self.boundary == 0:
            self.stop()

    def has_written(self, statement):
        with self.lock:
            self.statements.append(statement)
            count = len(self.statements)
        if count == self.boundary:
            self.stop()

    def stop(self):
        self.reached.set()
        if not self.released.wait(SECONDS):
            raise OSError("nobody went on from the boundary")
        raise Cut

    def cut(self):
        """Ends the connections; later ones are let through."""
        self.boundary = None
        with self.lock:
            ended, self.sockets = self.sockets, []
        for end in ended:
            end_socket(end)
        self.released.set()

    def close(self):
        # A thread that waits in accept() is woken by shutdown, not by close.
        end_socket(self.listener)
        self.cut()


class Cut(Exception):
    """The connection is not to go on."""


class Session:
    """One connection of the program."""

    def __init__(self, proxy, program, server):
        self.proxy, self.program, self.server = proxy, program, server
        self.prepared = {}
        self.preparing = None
        self.writing = None

    def start(self):
        threading.Thread(target=self.relay, args=[self.program, self.server, self.sent], daemon=True).start()
        threading.Thread(target=self.relay, args=[self.server, self.program, self.answered], daemon=True).start()

    def relay(self, source, target, look_at):
        try:
            while packet := read_packet(source):
                look_at(packet)
                target.sendall(packet)
        except (OSError, Cut):
            pass
        end_socket(source)
        end_socket(target)

    def sent(self, packet):
        # A command is the first packet of its exchange; those of the login come later in theirs.
        if packet[3] != 0:
            return
        command, body = packet[4], packet[5:]
        statement = None
        if command == QUERY:
            statement = body.decode("utf-8", "replace")
        elif command == STMT_PREPARE:
            self.preparing = body.decode("utf-8", "replace")
        elif command == STMT_EXECUTE:
            statement = self.prepared[statement_id(body)]
        if statement and WRITES.match(statement):
            self.proxy.will_write()
            self.writing = statement

    def answered(self, packet):
        if self.preparing:
            if packet[4] == 0:
                self.prepared[statement_id(packet[5:])] = self.preparing
            self.preparing = None
        elif self.writing:
            statement, self.writing = self.writing, None
            self.proxy.has_written(statement)


def end_socket(end):
    try:
        end.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    end.close()
