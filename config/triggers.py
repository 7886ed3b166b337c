"""Rules over more than one row or table, kept by the database itself, on SQLite and PostgreSQL alike.

A trigger refuses a row and names the rule's code, which Django raises as IntegrityError; or it notes a consequence.
They are put up after every `migrate` and, on SQLite, taken down before it: SQLite rebuilds tables to alter them and
would lose or break them.
"""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.db import connections, transaction


@dataclass(frozen=True)
class Refusal:
    """Refuse `event` ("INSERT", "UPDATE", "UPDATE OF a, b", "DELETE") on `table` when SQL `condition` is true.

    The condition may name NEW and OLD and must read the same on both databases.
    """

    name: str
    table: str
    event: str
    condition: str
    code: str

    def sqlite(self):
        return [
            f"DROP TRIGGER IF EXISTS {self.name}",
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table} FOR EACH ROW WHEN {self.condition} "
            f"BEGIN SELECT RAISE(ABORT, '{self.code}'); END",
        ]

    def postgresql(self):
        row = "OLD" if self.event == "DELETE" else "NEW"
        emptied = [
            f"CREATE OR REPLACE TRIGGER {self.name}_truncate BEFORE TRUNCATE ON {self.table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {self.name}()"
        ]
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF {self.condition} THEN RAISE EXCEPTION '{self.code}' USING ERRCODE = 'check_violation'; END IF; "
            f"RETURN {row}; END $$",
            f"CREATE OR REPLACE TRIGGER {self.name} BEFORE {self.event} ON {self.table} "
            f"FOR EACH ROW EXECUTE FUNCTION {self.name}()",
            *(emptied if (self.event, self.condition) == ("DELETE", "TRUE") else []),
        ]


@dataclass(frozen=True)
class Consequence:
    """Run SQL `statement` after `event` on `table`, in its transaction, when SQL `condition` is true.

    Both may name NEW and OLD and must read the same on both databases.
    """

    name: str
    table: str
    event: str
    statement: str
    condition: str = "TRUE"

    def sqlite(self):
        return [
            f"DROP TRIGGER IF EXISTS {self.name}",
            f"CREATE TRIGGER {self.name} AFTER {self.event} ON {self.table} FOR EACH ROW WHEN {self.condition} "
            f"BEGIN {self.statement}; END",
        ]

    def postgresql(self):
        return [
            f"CREATE OR REPLACE FUNCTION {self.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"{self.statement}; RETURN NULL; END $$",
            f"CREATE OR REPLACE TRIGGER {self.name} AFTER {self.event} ON {self.table} "
            f"FOR EACH ROW WHEN ({self.condition}) EXECUTE FUNCTION {self.name}()",
        ]


def declared(*kinds):
    """Return what the apps declare in their `triggers.py`, as `REFUSALS` and as `CONSEQUENCES` or one kind of these."""
    modules = [f"{app.name}.triggers" for app in apps.get_app_configs() if app.name != "config"]
    modules = [import_module(module) for module in modules if find_spec(module)]
    kinds = kinds or ("REFUSALS", "CONSEQUENCES")
    return [trigger for module in modules for kind in kinds for trigger in getattr(module, kind, [])]


def put_up(using="default", **_):
    """Create or renew the triggers whose tables exist, all of them or none."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    with transaction.atomic(using), connection.cursor() as cursor:
        for trigger in declared():
            if trigger.table in tables:
                for statement in getattr(trigger, connection.vendor)():
                    cursor.execute(statement)


def take_down(using="default", **_):
    """Drop the triggers on SQLite, so that tables may be rebuilt or emptied."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for trigger in declared():
                cursor.execute(f"DROP TRIGGER IF EXISTS {trigger.name}")


def missing(using="default"):
    """Return the names of declared triggers that the database does not have."""
    connection = connections[using]
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(names[connection.vendor])
        there = {row[0] for row in cursor.fetchall()}
    return sorted({trigger.name for trigger in declared()} - there)
