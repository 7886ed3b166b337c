"""PostgreSQL by its own client tools: one consistent snapshot out, one transaction in."""

import contextlib
import os
import re
import shutil
import subprocess
import tempfile

from django.db import connection
from django.db.backends.postgresql.client import DatabaseClient

from backups.limits import LETTERS_SKIPPED
from backups.refusing import BackupError

NOT_OURS = ["--no-owner", "--no-privileges"]
WAYS_OUT = ["--format=custom", "--compress=1", "--no-comments", "--exclude-table-data=django_session"]
WAYS_IN = ["--single-transaction", "--exit-on-error"]


def tool(name, *options):
    """Return (command, environment) of a client tool for the site's database; it must be as new as the server."""
    path = shutil.which(name)
    if path is None:
        raise BackupError(f"{name} is missing: install the client tools of PostgreSQL (package postgresql-client).")
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout  # noqa: S603
    major, server = int(re.search(r"\d+", told)[0]), connection.pg_version // 10000
    if major < server:
        raise BackupError(f"{name} is of version {major}, the server of {server}: install postgresql-client-{server}.")
    (_, *args, database), more = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    return [path, *args, *NOT_OURS, *options, "--no-password", "--dbname", database], os.environ | (more or {})


@contextlib.contextmanager
def snapshot():
    """Yield (a cursor, the database as an open file), both as of one moment; nobody waits for it."""
    reader = connection.copy()
    reader.set_autocommit(False)
    try:
        with reader.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            command, environment = tool("pg_dump", *WAYS_OUT, f"--snapshot={cursor.fetchone()[0]}")
            with running(command, environment, stdout=subprocess.PIPE) as process:
                yield cursor, process.stdout
    finally:
        reader.close()


@contextlib.contextmanager
def running(command, environment, **pipes):
    """Run a tool while this lasts; raise BackupError with its own words when it failed."""
    with tempfile.TemporaryFile("w+", errors="replace") as words:
        process = subprocess.Popen(command, env=environment, stderr=words, **pipes)  # noqa: S603
        try:
            yield process
        except BaseException:
            process.kill()
            raise
        finally:
            for pipe in filter(None, (process.stdin, process.stdout)):
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
            process.wait()
        if process.returncode:
            words.seek(0)
            raise BackupError(f"{command[0]} failed: {words.read()[-1000:].strip()}")


def load(pieces):
    """Write a database into the site's empty one: all of it or nothing."""
    command, environment = tool("pg_restore", *WAYS_IN)
    connection.close()
    # A tool that ended early says itself why.
    with running(command, environment, stdin=subprocess.PIPE) as process, contextlib.suppress(BrokenPipeError):
        for piece in pieces:
            process.stdin.write(piece)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def clear():
    """Leave nothing that looks like a site."""
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(name)} CASCADE")


def skip_letters():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval(name::regclass, nextval(name::regclass) + %s) "
            "FROM pg_get_serial_sequence('outbox_message', 'id') AS name",
            [LETTERS_SKIPPED],
        )
