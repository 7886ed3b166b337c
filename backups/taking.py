"""Make one encrypted backup of database and files.

The database first, in one snapshot; then the files that the snapshot names. Letters, tables, templates and papers of a
complaint are never deleted, so they are all there; exports, archives and paper forms are kept for a time, and one that
went meanwhile is told as gone.
"""

import os
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection

from backups.engine import engine
from backups.envelope import sealed
from backups.facts import facts_of, named_files
from backups.limits import FORMAT
from backups.parts import DIGESTS, FACTS, FILES, Digested, add, add_database, add_values
from backups.refusing import BackupError

NAME = "sang-kien-{:%Y%m%d-%H%M%S}.age"


@dataclass
class Taken:
    """What a backup holds, and how long it took."""

    path: Path
    rows: int = 0
    files: int = 0
    seconds: float = 0
    snapshot_at: str = ""
    missing: list = field(default_factory=list)  # named by the database, and not in the store
    gone: list = field(default_factory=list)  # deleted after their time while the backup was made


def back_up(target, recipients):
    """Write a backup for these keys into a folder, under the moment's name, or into a file that is not there yet.

    Raises BackupError. What is not whole never has its final name.
    """
    begun, taken = time.monotonic(), Taken(place(Path(target)))
    with written_whole(taken.path) as file, sealed(file, recipients) as parts:
        taken.snapshot_at = datetime.now(UTC).isoformat()  # whatever was stored by now is in it
        with engine().snapshot() as (cursor, dump):
            facts = {"format": FORMAT, "taken_at": taken.snapshot_at, **facts_of(cursor)}
            add_values(parts, FACTS, facts)
            digests = {"database": add_database(parts, dump), "files": {}, "missing": []}
            names = named_files(cursor)
        for name in names:
            add_file(parts, name, digests)
        taken.missing, taken.gone = parted(digests["missing"])
        add_values(parts, DIGESTS, digests)
    taken.rows, taken.files = sum(facts["tables"].values()), len(digests["files"])
    taken.seconds = time.monotonic() - begun
    return taken


def place(target):
    path = target / NAME.format(datetime.now(UTC)) if target.is_dir() else target
    if path.exists():
        raise BackupError(f"{path} is there already: nothing is overwritten.")
    return path


@contextmanager
def written_whole(path):
    """Yield an open file that gets its name once all is on the disk; what was begun and not ended is removed."""
    part = path.with_name(f"{path.name}.part")
    try:
        opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BackupError(f"The backup cannot be written: {error}.") from error
    try:
        with os.fdopen(opened, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def add_file(parts, name, digests):
    try:
        with default_storage.open(name) as stored:
            read = Digested(stored)
            add(parts, f"{FILES}/{name}", read, stored.size)
    except FileNotFoundError:
        digests["missing"].append(name)
    else:
        digests["files"][name] = read.told


def parted(missing):
    """Return (those of the missing files that the database still names, those whose time was over)."""
    with connection.cursor() as cursor:
        named = set(named_files(cursor)) if missing else set()
    return [name for name in missing if name in named], [name for name in missing if name not in named]
