"""kombu's file system transport, in the folder that INTEROP_BROKER_FOLDER names at the time.

A message has its name only when it is written whole: a reader of the original can take a message that its
writer has just opened."""

import os
import uuid
from pathlib import Path

from kombu.transport import filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


def folder(name):
    path = Path(os.environ["INTEROP_BROKER_FOLDER"]) / name
    path.mkdir(exist_ok=True)
    return path


class Channel(filesystem.Channel):
    data_folder_in = data_folder_out = property(lambda self: folder("messages"))
    processed_folder = property(lambda self: folder("processed"))
    control_folder = property(lambda self: folder("control"))

    # The clock can stand still between two messages; a counter keeps their order.
    sent = 0

    def _put(self, queue, payload, **kwargs):
        Channel.sent += 1
        order = f"{filesystem.monotonic():020.6f}-{Channel.sent:06}".replace(".", "-")
        path = self.data_folder_out / f"{order}_{uuid.uuid4()}.{queue}.msg"
        part = path.with_name(path.name + ".part")
        part.write_bytes(str_to_bytes(dumps(payload)))
        part.rename(path)


class Transport(filesystem.Transport):
    Channel = Channel
