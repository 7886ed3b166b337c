"""The parts of a backup: what they are called, and a digest of each.

First `facts.json`, then `database/000001` and on, then `files/…`, last `digests.json`: without that it is not whole.
"""

import hashlib
import io
import json
import tarfile

from backups.limits import PIECE_BYTES

FACTS, DATABASE, FILES, DIGESTS = "facts.json", "database", "files", "digests.json"


class Digested(io.RawIOBase):
    """Reads an open file, and knows what it has read. Nobody goes back in it."""

    def __init__(self, file):
        super().__init__()
        self.file, self.size, self.sha256 = file, 0, hashlib.sha256()

    def read(self, size=-1):
        content = self.file.read(size)
        self.size += len(content)
        self.sha256.update(content)
        return content

    def readable(self):
        return True

    @property
    def told(self):
        return {"size": self.size, "sha256": self.sha256.hexdigest()}


def add(parts, name, file, size):
    """Write an open file as one part."""
    part = tarfile.TarInfo(name)
    part.size, part.mode = size, 0o600
    parts.addfile(part, file)


def add_values(parts, name, values):
    content = json.dumps(values, ensure_ascii=False, indent=1).encode()
    add(parts, name, io.BytesIO(content), len(content))


def add_database(parts, dump):
    """Write the database, whose size nobody knows beforehand, in pieces; returns what it was."""
    whole, number = Digested(dump), 0
    while piece := whole.read(PIECE_BYTES):
        number += 1
        add(parts, f"{DATABASE}/{number:06}", io.BytesIO(piece), len(piece))
    return whole.told
