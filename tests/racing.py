"""Real threads, each with a connection of its own, let go at the same moment."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

from config import triggers
from tests.refusals import codes_of, drop_triggers


def outcome_of(call):
    """Return None when the call goes through, the code when it is refused, the error's name when it breaks."""
    try:
        call()
    except ValidationError as refusal:
        return ",".join(codes_of(refusal))
    except Exception as error:
        return type(error).__name__
    return None


def at_once(*calls):
    """Run all calls at the same moment; return the outcome of each, in their order."""
    barrier = threading.Barrier(len(calls))

    def run(call):
        try:
            connection.ensure_connection()
            barrier.wait(timeout=10)
            return outcome_of(call)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def while_open(first, *others, pause=0.3):
    """Run the others while `first` is done but not yet committed; return the outcome of each, `first` leading."""
    done = threading.Event()

    def slow():
        with transaction.atomic():
            try:
                first()
            finally:
                done.set()
            time.sleep(pause)

    def after(call):
        def waiting():
            done.wait(timeout=10)
            call()

        return waiting

    return at_once(slow, *(after(call) for call in others))


@contextmanager
def lock_held(rows):
    """Another session holds the locks of these rows."""
    held, release = threading.Event(), threading.Event()

    def hold():
        try:
            with transaction.atomic():
                list(rows.select_for_update())
                held.set()
                release.wait(timeout=20)
        finally:
            connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(timeout=10)
    try:
        yield
    finally:
        release.set()
        thread.join()


def slowly(call, pause=0.2):
    """Return the call with a pause behind it: what was checked before has time to become untrue."""

    def slow(*args, **kwargs):
        result = call(*args, **kwargs)
        time.sleep(pause)
        return result

    return slow


@contextmanager
def without_backstop(*uniques):
    """Take the database's own refusals down: all triggers, and the unique constraints of these (model, columns).

    At the end the tables are emptied, for what was stored meanwhile would not let the constraints be put back.
    """
    drop_triggers()
    constraints = [
        (model._meta.db_table, unique_on(model._meta.db_table, columns), columns) for model, columns in uniques
    ]
    with connection.cursor() as cursor:
        for table, name, _ in constraints:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {', '.join(table for table, _, _ in constraints)} CASCADE")
            for table, name, columns in constraints:
                cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} UNIQUE ({', '.join(columns)})")
        triggers.put_up()


def unique_on(table, columns):
    """Return the name of the unique constraint on these columns."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table).items()
    (name,) = [name for name, what in found if what["unique"] and what["columns"] == list(columns)]
    return name


@contextmanager
def crowd(size):
    """Yield what runs so many calls at the same moment as `at_once` does, round after round, on the same threads.

    Each thread keeps its connection, and no commit waits for the disk, so that a round costs what its calls cost.
    """
    barrier = threading.Barrier(size)

    def begin():
        with connection.cursor() as cursor:
            cursor.execute("SET synchronous_commit = off")

    def run(call):
        barrier.wait(timeout=10)
        return outcome_of(call)

    with ThreadPoolExecutor(size) as pool:
        try:
            list(pool.map(run, [begin] * size))
            yield lambda *calls: list(pool.map(run, calls, timeout=30))
        finally:
            list(pool.map(run, [connections.close_all] * size))


@contextmanager
def without_index(name):
    """Take a unique index down; it is put back when the tables are emptied, so this goes around `without_backstop`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [name])
        (definition,) = cursor.fetchone()
        cursor.execute(f"DROP INDEX {name}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(definition)
