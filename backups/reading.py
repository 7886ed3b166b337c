"""Read a backup: all of it to check it, or the database alone."""

import json

from backups.envelope import opened
from backups.limits import FORMAT, PIECE_BYTES, READ_BYTES
from backups.parts import DATABASE, DIGESTS, FACTS, FILES, Digested
from backups.refusing import BackupError


def read_through(path, identities, *, accept=lambda facts: None, keep=None):
    """Read a backup to its end and compare every digest; return (its facts, its digests).

    `accept(facts)` may refuse it early; `keep(name, file)` reads each stored file. Raises BackupError.
    """
    facts, digests, database, files = None, None, Digested(None), {}
    with opened(path, identities) as parts:
        for name, file in parts:
            kind, _, below = name.partition("/")
            if facts is None:
                facts = first(name, file)
                accept(facts)
            elif kind == DATABASE:
                database.file = file
                read_out(database)
            elif kind == FILES:
                files[below] = read_file(below, Digested(file), keep)
            elif name == DIGESTS:
                digests = json.load(file)
    if digests is None or (database.told, files) != (digests["database"], digests["files"]):
        raise BackupError("The backup is not whole: it does not hold what it lists.")
    return facts, digests


def first(name, file):
    facts = json.load(file) if name == FACTS else {}
    if not facts or facts["format"] > FORMAT:
        raise BackupError(
            "The backup has another form: restore it with the version of the site that made it, or newer."
        )
    return facts


def read_file(name, file, keep):
    if keep:
        keep(name, file)
    read_out(file)
    return file.told


def read_out(file):
    while file.read(READ_BYTES):
        pass


def database_pieces(path, identities):
    """Yield the database, piece by piece."""
    with opened(path, identities) as parts:
        for name, file in parts:
            if name.startswith(f"{DATABASE}/"):
                yield file.read(PIECE_BYTES)
            elif name != FACTS:
                return
