"""Restore a backup into an empty site: all of it, compared with what the backup lists, or nothing."""

import hashlib

from django.core.files import File
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from backups.engine import engine
from backups.facts import facts_of
from backups.reading import database_pieces, read_through
from backups.refusing import BackupError
from config import triggers
from record.verifying import broken_contents, broken_links, broken_seals


def restore(path, identities):
    """Restore a backup; return (its facts, its digests). Raises BackupError, and then nothing is left of it.

    The files come first and the database last, in one transaction: a site that was not restored to the end has no
    tables, and answers nobody.
    """
    refuse_unless_empty()
    stored = []
    try:
        facts, digests = read_through(path, identities, accept=refuse_strange, keep=keeper(stored))
        compare_files(digests["files"])
        engine().load(database_pieces(path, identities))
        verify(facts)
        engine().skip_letters()
    except BaseException:
        for name in stored:
            default_storage.delete(name)
        engine().clear()
        raise
    return facts, digests


def refuse_unless_empty():
    if connection.introspection.table_names():
        raise BackupError("The database has tables: a backup is restored into a new, empty database only.")
    if name := next(stored_names(), None):
        raise BackupError(f"The store holds files ({name}): a backup is restored into an empty folder or prefix only.")


def stored_names(folder=""):
    """Yield the names of all files in the store."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}{name}" for name in files)
    for name in folders:
        yield from stored_names(f"{folder}{name}/")


def refuse_strange(facts):
    """Refuse a backup of another kind of database, or of a newer version of the site."""
    if facts["database"] != connection.vendor:
        raise BackupError(f"The backup is of {facts['database']}, this site runs on {connection.vendor}.")
    known = MigrationLoader(None).disk_migrations.keys()
    if newer := [".".join(name) for name in map(tuple, facts["migrations"]) if name not in known]:
        raise BackupError(f"The backup is of a newer version of the site, which has {newer[0]}: restore it with that.")


def keeper(stored):
    """Return what keeps a file of a backup in the store, and notes it in `stored`."""

    def keep(name, file):
        stored.append(name)
        if (kept_as := default_storage.save(name, File(file, name))) != name:
            stored.append(kept_as)
            raise BackupError(f"The file {name} could not get its name in the store.")

    return keep


def compare_files(files):
    """Read every file again as it now lies in the store."""
    for name, told in files.items():
        with default_storage.open(name) as stored:
            if hashlib.file_digest(stored, "sha256").hexdigest() != told["sha256"]:
                raise BackupError(f"The file {name} reads otherwise than in the backup.")


def verify(facts):
    """Compare the database with what the backup told of it; bring an older one up to date; verify record and rules."""
    with connection.cursor() as cursor:
        now = facts_of(cursor)
    for what in ("migrations", "tables", "head"):
        if now[what] != facts[what]:
            raise BackupError(f"The restored database has other {what} than the backup tells.")
    if MigrationLoader(None).disk_migrations.keys() - set(map(tuple, facts["migrations"])):
        call_command("migrate", verbosity=0)
    if absent := triggers.missing():
        raise BackupError(f"The restored database lacks its rules: {', '.join(absent)}.")
    for check in (broken_links, broken_seals, broken_contents):
        for what, wrong in check():
            raise BackupError(f"The restored record is broken at {what}: {wrong}.")
