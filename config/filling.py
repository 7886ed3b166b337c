"""Store very many rows at once: by COPY on PostgreSQL, by one prepared statement on SQLite."""

import io
import json
import multiprocessing
import os
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime
from operator import attrgetter
from uuid import UUID

import django
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection

# What is put up again says exactly what it said: the database itself gives the words.
INDEXES = """
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index WHERE indrelid = %s::regclass AND NOT indisunique
"""
FOREIGN_KEYS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'
"""
MEMORY = "SET LOCAL maintenance_work_mem = '1GB'"


def by_processes(work, steps):
    """Yield (name, work(*arguments)) of each step (name, arguments), in their order.

    As many processes as there are processors do the work; only a few steps are under way, however many there are.
    """
    processes = os.cpu_count() or 1
    fresh = multiprocessing.get_context("spawn")  # none of them shares the connection to the database
    with ProcessPoolExecutor(processes, fresh, django.setup) as pool:
        waiting = deque()
        for name, arguments in steps:
            waiting.append((name, pool.submit(work, *arguments)))
            if len(waiting) > 2 * processes:
                name, done = waiting.popleft()
                yield name, done.result()
        for name, done in waiting:
            yield name, done.result()


def is_postgresql():
    return connection.vendor == "postgresql"


def columns_of(model, *, without_key=False):
    """Return the fields of a model that a row has, in their order."""
    return [field for field in model._meta.concrete_fields if not (field.primary_key and without_key)]


def locked(models):
    """Let nobody else write to these tables until the end of the transaction; on SQLite nobody can anyway."""
    if is_postgresql():
        with connection.cursor() as cursor:
            for model in models:
                cursor.execute(f"LOCK TABLE {model._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


@contextmanager
def checked_at_the_end(models):
    """Have indexes built, and foreign keys checked, for all rows at once when the block ends, instead of row by row.

    Unique indexes, constraints and triggers stay. Call it inside a transaction: whatever interrupts it, a crash too,
    the database is as it was. On SQLite nothing is taken down.
    """
    if not is_postgresql() or not models:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits to be checked would keep tables as they are
        pairs = []
        for model in models:
            for listing in (FOREIGN_KEYS, INDEXES):
                cursor.execute(listing, [model._meta.db_table])
                pairs += cursor.fetchall()
        for down, _ in pairs:
            cursor.execute(down)
        yield
        cursor.execute(MEMORY)
        for _, up in reversed(pairs):
            cursor.execute(up)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def made_ready(rows, fields):
    """Return objects as `fill` takes them: a block of text for COPY, or a list of rows."""
    values_of = attrgetter(*[field.attname for field in fields])
    if is_postgresql():
        lines = ["\t".join([copied(value) for value in values_of(row)]) for row in rows]
        return "".join([f"{line}\n" for line in lines]).encode()
    prepared = [field.get_db_prep_save for field in fields]
    pairs = (zip(prepared, values_of(row), strict=True) for row in rows)
    return [[sendable(prepare(value, connection)) for prepare, value in row] for row in pairs]


def sendable(value):
    """Return a value so that another process can hand it over."""
    return bytes(value) if isinstance(value, memoryview) else value


def fill(model, fields, ready):
    """Store rows that are `made_ready`."""
    table, names = model._meta.db_table, ", ".join(f'"{field.column}"' for field in fields)
    with connection.cursor() as cursor:
        if is_postgresql():
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", io.BytesIO(ready))
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", ready)  # noqa: S608 (our names)


def copied(value):
    """Return a value as COPY reads it."""
    return WRITTEN[type(value)](value)


def written_text(text):
    if "\\" in text or "\n" in text or "\t" in text or "\r" in text:
        text = text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return text


WRITTEN = {
    type(None): lambda _: r"\N",
    str: written_text,
    bool: lambda value: "t" if value else "f",
    int: str,
    float: repr,
    bytes: lambda value: rf"\\x{value.hex()}",
    date: date.isoformat,
    datetime: datetime.isoformat,
    UUID: str,
    dict: lambda value: written_text(json.dumps(value, cls=DjangoJSONEncoder)),
}
