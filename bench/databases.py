"""The databases that are measured on: made new for a run, those of a given size kept for the next."""

import os
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

ADDRESS = os.environ.get("BENCH_DATABASE_URL", "postgres://postgres@127.0.0.1:5432/bench")


def address_of(name):
    """Return the address of the database of this name; all names begin like the one in BENCH_DATABASE_URL."""
    url = urlsplit(ADDRESS)
    return urlunsplit(url._replace(path=f"{url.path}_{name}"))


def database_of(name):
    return urlsplit(address_of(name)).path.removeprefix("/")


def connect(name=None):
    """Connect to the database of this name, else to the one that every server has."""
    url = urlsplit(ADDRESS)
    database = database_of(name) if name else "postgres"
    return psycopg2.connect(
        host=url.hostname, port=url.port or 5432, user=url.username, password=url.password, dbname=database
    )


def run(statement, *names):
    connection = connect()
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL(statement).format(*(sql.Identifier(database_of(name)) for name in names)))
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def drop(name):
    run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def make(name):
    """Make an empty database, in place of one that is there."""
    drop(name)
    run("CREATE DATABASE {}", name)


def rename(name, new_name):
    drop(new_name)
    run("ALTER DATABASE {} RENAME TO {}", name, new_name)


def is_there(name):
    return (database_of(name),) in run("SELECT datname FROM pg_database")


def count(name):
    """Return how many initiatives a database holds."""
    connection = connect(name)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM initiatives_initiative")
            return cursor.fetchone()[0]
    finally:
        connection.close()


def analyse(name):
    """Let the database clean up and learn how its values are spread, as it does by itself some minutes after a fill."""
    connection = connect(name)
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    finally:
        connection.close()


def server_version():
    return run("SHOW server_version")[0][0]
