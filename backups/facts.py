"""What a database says of itself, read in one snapshot and again after a restore."""

from django.apps import apps
from django.db import connection
from django.db.models import FileField

HEADS = {
    "event": "SELECT id, digest FROM record_event ORDER BY id DESC LIMIT 1",
    "seal": "SELECT number, digest FROM record_seal ORDER BY number DESC LIMIT 1",
}
WITHOUT_ROWS = {"django_session"}  # who was signed in signs in again


def facts_of(cursor):
    """Return {"database", "migrations", "tables" (rows of each), "head" (of the record), …} of what a cursor sees."""
    tables = sorted(connection.introspection.table_names(cursor))
    return {
        "database": connection.vendor,
        "migrations": [list(row) for row in rows(cursor, "SELECT app, name FROM django_migrations ORDER BY app, name")],
        "tables": {name: 0 if name in WITHOUT_ROWS else count(cursor, name) for name in tables},
        "head": {name: [list(row) for row in rows(cursor, query)] for name, query in HEADS.items()},
    }


def count(cursor, table):
    return rows(cursor, f"SELECT count(*) FROM {connection.ops.quote_name(table)}")[0][0]  # noqa: S608 (our tables)


def rows(cursor, query):
    cursor.execute(query)
    return cursor.fetchall()


def named_files(cursor):
    """Return the names of all files that rows speak of, sorted."""
    found = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, FileField):
                table, column = map(connection.ops.quote_name, (model._meta.db_table, field.column))
                query = f"SELECT DISTINCT {column} FROM {table} WHERE {column} <> ''"  # noqa: S608 (our own names)
                found.update(name for (name,) in rows(cursor, query))
    return sorted(found)
