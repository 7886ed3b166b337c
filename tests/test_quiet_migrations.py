"""Migrations of the large tables lock out nobody who sends meanwhile, from now on."""

import re

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython
from django.db.models import Index

from config.quiet_migrations import AddIndexQuietly, DropColumnIndexes, RemoveIndexQuietly
from initiatives.models import Initiative

# What senders write; the prints of texts are the queue's alone.
BIG = {"initiatives_initiative", "record_event", "record_personaldetail", "outbox_message"}
# What these do in Python was looked at: it touches none of them.
LOOKED_AT = {("initiatives", "0013_smaller_prints")}
# Before there were millions of rows.
FIRST = {("initiatives", 9), ("record", 2), ("outbox", 2)}
LOUD = re.compile(
    r"CREATE (UNIQUE )?INDEX (?!CONCURRENTLY)|ADD CONSTRAINT (?!.*NOT VALID)"
    r"|ALTER COLUMN \S+ (TYPE|SET NOT NULL)|^UPDATE |^DELETE |^LOCK |VACUUM FULL|^CLUSTER"
)


def statements_of(migration, executor):
    """Return the SQL of a migration as `sqlmigrate` shows it, or the name of what is done in Python."""
    state = executor.loader.project_state((migration.app_label, migration.name), at_end=False)
    with connection.schema_editor(collect_sql=True, atomic=False) as editor:
        migration.apply(state, editor, collect_sql=True)
    return editor.collected_sql


def loud(sql):
    """Whether a statement keeps others from writing to a large table while it works through its rows."""
    return bool(LOUD.search(sql)) and any(table in sql for table in BIG)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_no_migration_from_now_on_locks_out_senders():
    executor = MigrationExecutor(connection)
    first = dict(FIRST)
    found = {}
    for (app, name), migration in executor.loader.disk_migrations.items():
        if app not in {"initiatives", "record", "outbox"} or int(name.split("_")[0]) <= first[app]:
            continue
        found[app, name] = [sql for sql in statements_of(migration, executor) if loud(sql)]
        if (app, name) not in LOOKED_AT:
            assert not [one for one in migration.operations if isinstance(one, RunPython)], (app, name)

    assert found
    assert {name: sqls for name, sqls in found.items() if sqls} == {}


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ('CREATE INDEX "x" ON "initiatives_initiative" ("a");', True),
        ('CREATE INDEX CONCURRENTLY "x" ON "initiatives_initiative" ("a");', False),
        ('CREATE INDEX "x" ON "accounts_union" ("a");', False),
        ('ALTER TABLE "record_event" ADD CONSTRAINT "x" CHECK (a > 0);', True),
        ('ALTER TABLE "record_event" ADD CONSTRAINT "x" CHECK (a > 0) NOT VALID;', False),
        ('ALTER TABLE "outbox_message" ALTER COLUMN "a" TYPE bigint;', True),
        ('UPDATE "initiatives_initiative" SET a = 1;', True),
        ('ALTER TABLE "initiatives_initiative" ADD COLUMN "a" integer NULL;', False),
    ],
)
def test_what_locks_senders_out_is_known(sql, expected):
    assert loud(sql) is expected


@pytest.mark.django_db(transaction=True)
def test_indexes_are_built_and_dropped_also_where_an_earlier_try_was_broken_off():
    executor = MigrationExecutor(connection)
    state = executor.loader.project_state(("initiatives", executor.loader.graph.leaf_nodes("initiatives")[0][1]))
    index = Index(fields=["workplace"], name="initiative_tried")

    def run(operation):
        after = state.clone()
        operation.state_forwards("initiatives", after)
        with connection.schema_editor(atomic=False) as editor:
            operation.database_forwards("initiatives", editor, state, after)
        return after

    def is_there():
        with connection.cursor() as cursor:
            return "initiative_tried" in indexes_of(cursor)

    add = AddIndexQuietly("initiative", index)
    after = run(add)
    assert is_there()
    if connection.vendor == "postgresql":
        run(add)  # as after a build that left its index behind
    state = after
    run(RemoveIndexQuietly("initiative", "initiative_tried"))
    assert not is_there()


def indexes_of(cursor):
    table = Initiative._meta.db_table
    if connection.vendor == "postgresql":
        cursor.execute("SELECT indexname FROM pg_indexes WHERE tablename = %s", [table])
    else:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = %s", [table])
    return [name for (name,) in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_only_indexes_of_one_whole_column_go_with_it():
    with connection.schema_editor(atomic=False) as editor:
        editor.execute('CREATE INDEX "alone" ON "initiatives_initiative" ("gender")')
        editor.execute('CREATE INDEX "some" ON "initiatives_initiative" ("gender") WHERE "gender" = \'\'')
        editor.execute('CREATE INDEX "both" ON "initiatives_initiative" ("gender", "block")')
        state = MigrationExecutor(connection).loader.project_state(("initiatives", "0001_initial"))
        DropColumnIndexes("initiative", "gender").database_forwards("initiatives", editor, state, state)
        with connection.cursor() as cursor:
            left = {"alone", "some", "both"} & set(indexes_of(cursor))
        for name in left:
            editor.execute(f'DROP INDEX "{name}"')

    assert left == {"some", "both"}
