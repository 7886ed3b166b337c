"""SQLite by a copy that it writes itself: a file copied beside a running site would be unusable."""

import os
import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection

from backups.limits import LETTERS_SKIPPED
from backups.refusing import BackupError


@contextmanager
def snapshot():
    """Yield (a cursor, the database as an open file), both as of one moment; readers and writers go on."""
    with tempfile.TemporaryDirectory(dir=settings.VAR_DIR, prefix="backup-") as folder:
        path = Path(folder) / "database"
        try:
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(path)])
        except DatabaseError as error:
            raise BackupError(f"The database could not be copied: {error}.") from error
        with closing(sqlite3.connect(path)) as copy:
            copy.execute("PRAGMA secure_delete = ON")
            copy.execute("DELETE FROM django_session")
            copy.commit()
            with path.open("rb") as file:
                yield copy.cursor(), file


def load(pieces):
    """Put a database in the place of the site's empty one, once it is whole."""
    place = Path(connection.settings_dict["NAME"])
    new = place.with_name(f"{place.name}.restoring")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        with closing(sqlite3.connect(new)) as written:
            if written.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BackupError("SQLite finds the restored database broken.")
        clear()
        new.replace(place)
    finally:
        new.unlink(missing_ok=True)


def clear():
    """Leave nothing that looks like a site."""
    connection.close()
    for suffix in ("", "-wal", "-shm"):
        Path(f"{connection.settings_dict['NAME']}{suffix}").unlink(missing_ok=True)


def skip_letters():
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = 'outbox_message'")
        last = cursor.fetchone()[0] or 0
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'outbox_message'")
        cursor.execute("INSERT INTO sqlite_sequence VALUES ('outbox_message', %s)", [last + LETTERS_SKIPPED])
