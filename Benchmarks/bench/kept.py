"""A filled table that is kept, so that every turn begins with the same one within seconds."""

import os
import shutil

from .rows import fill
from .server import TABLE

# The rows, and what the server needs to know of them: both are there as long as the table is locked for export.
ENDINGS = (".ibd", ".cfg")


class KeptTable:
    """Rows in the table of a database, of which the first have expired."""

    def __init__(self, server, database, rows, expired, folder):
        self.server = server
        self.table = f"{database}.{TABLE}"
        [(data,)] = server.query("SELECT @@datadir")
        self.path = os.path.join(data, database, TABLE)
        self.kept = os.path.join(folder, f"{server.name}-{database}")
        fill(server, database, rows, expired)
        server.query(f"FLUSH TABLES {self.table} FOR EXPORT")
        for ending in ENDINGS:
            shutil.copy(self.path + ending, self.kept + ending)
        server.query("UNLOCK TABLES")

    def restore(self):
        owner = os.stat(os.path.dirname(self.path))
        self.server.query(f"ALTER TABLE {self.table} DISCARD TABLESPACE")
        for ending in ENDINGS:
            shutil.copy(self.kept + ending, self.path + ending)
            os.chown(self.path + ending, owner.st_uid, owner.st_gid)
        self.server.query(f"ALTER TABLE {self.table} IMPORT TABLESPACE")
        self.server.query(f"ANALYZE TABLE {self.table}")

    def remove(self):
        for ending in ENDINGS:
            os.remove(self.kept + ending)
