"""A second, empty site of the same kind of database, into which backups are restored by the site's own command."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager

import psycopg2
from django.conf import settings
from django.db import connection

IN_SQLITE = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
IN_POSTGRESQL = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"


class EmptySite:
    """Its database's address, its folder, and how to look into it."""

    def __init__(self, folder):
        self.folder, self.media = folder, folder / "media"

    def manage(self, *command):
        """Run a command of the site; returns what came of it."""
        own = {"DATABASE_URL": self.address, "STORAGE_URL": f"file://{self.media}", "PYTHONWARNINGS": "error"}
        command = [sys.executable, settings.BASE_DIR / "manage.py", *map(str, command)]
        return subprocess.run(command, env=os.environ | own, capture_output=True, text=True, timeout=300, check=False)

    def files(self):
        return {
            str(path.relative_to(self.media)): path.read_bytes() for path in self.media.rglob("*") if path.is_file()
        }

    def rows(self):
        with closing(self.connect()) as reader, closing(reader.cursor()) as cursor:
            return rows_of(cursor, self.tables)

    def run(self, statement):
        with closing(self.connect()) as writer, closing(writer.cursor()) as cursor:
            cursor.execute(statement)
            return cursor.fetchall()


class SQLiteSite(EmptySite):
    tables = IN_SQLITE

    @property
    def address(self):
        return f"sqlite:///{self.folder / 'db.sqlite3'}"

    def connect(self):
        return sqlite3.connect(self.folder / "db.sqlite3", detect_types=sqlite3.PARSE_DECLTYPES)


class PostgreSQLSite(EmptySite):
    tables = IN_POSTGRESQL

    def __init__(self, folder):
        super().__init__(folder)
        self.name = f"{connection.settings_dict['NAME']}_restored"

    @property
    def address(self):
        values = connection.settings_dict
        return f"postgres://{values['USER']}:{values['PASSWORD']}@{values['HOST']}:{values['PORT'] or 5432}/{self.name}"

    def connect(self, name=None):
        values = connection.settings_dict
        return psycopg2.connect(
            host=values["HOST"], port=values["PORT"] or 5432, user=values["USER"], password=values["PASSWORD"],
            dbname=name or self.name,
        )  # fmt: skip

    def drop(self):
        with closing(self.connect("postgres")) as server:
            server.autocommit = True
            server.cursor().execute(f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')

    def make(self):
        self.drop()
        with closing(self.connect("postgres")) as server:
            server.autocommit = True
            server.cursor().execute(f'CREATE DATABASE "{self.name}"')


@contextmanager
def empty_site(folder):
    """Yield an empty site in a new folder, on the kind of database that the tests run on."""
    folder.mkdir()
    if connection.vendor == "sqlite":
        yield SQLiteSite(folder)
        return
    site = PostgreSQLSite(folder)
    site.make()
    try:
        yield site
    finally:
        site.drop()


def rows_of(cursor, tables):
    """Return {table: its rows, sorted}."""
    cursor.execute(tables)
    names = [name for (name,) in cursor.fetchall()]
    found = {}
    for name in names:
        columns = "*" if tables == IN_SQLITE else "one::text"  # as the database writes it, whoever reads
        cursor.execute(f'SELECT {columns} FROM "{name}" AS one')  # noqa: S608 (names of our tables)
        found[name] = sorted(map(repr, cursor.fetchall()))
    return found


def own_rows():
    """Return {table: its rows, sorted} of the tests' own database."""
    with connection.cursor() as cursor:
        raw = cursor.cursor
        return rows_of(raw, IN_SQLITE if connection.vendor == "sqlite" else IN_POSTGRESQL)
