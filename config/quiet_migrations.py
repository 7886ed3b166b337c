"""Changes of large tables that lock nobody out: on PostgreSQL indexes are built and dropped beside the running site.

A migration that uses these has `atomic = False`. One that was broken off may be run again: what an earlier try left
half-built is built anew. SQLite has one writer at a time anyhow, and takes the plain way.
"""

from django.db.migrations import AddIndex, RemoveIndex
from django.db.migrations.operations.base import Operation

# Indexes of one whole column, unique ones aside, with that column.
OF_ONE_COLUMN = {
    "postgresql": "SELECT c.relname, a.attname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0] "
    "WHERE i.indrelid = %s::regclass AND i.indnatts = 1 AND i.indpred IS NULL AND NOT i.indisunique",
    "sqlite": "SELECT l.name, min(c.name) FROM pragma_index_list(%s) l, pragma_index_info(l.name) c "
    'WHERE NOT l.partial AND NOT l."unique" GROUP BY l.name HAVING count(*) = 1',
}


class AddIndexQuietly(AddIndex):
    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "postgresql":
            return super().database_forwards(app_label, schema_editor, from_state, to_state)
        model = to_state.apps.get_model(app_label, self.model_name)
        drop(schema_editor, self.index.name)
        schema_editor.execute(self.index.create_sql(model, schema_editor, concurrently=True), params=None)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "postgresql":
            return super().database_backwards(app_label, schema_editor, from_state, to_state)
        drop(schema_editor, self.index.name)


class RemoveIndexQuietly(RemoveIndex):
    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "postgresql":
            return super().database_forwards(app_label, schema_editor, from_state, to_state)
        drop(schema_editor, self.name)


class DropColumnIndexes(Operation):
    """Drop the indexes of one column alone, unique ones aside: those that Django adds by itself to keys and texts."""

    reversible = False

    def __init__(self, model_name, *columns):
        self.model_name, self.columns = model_name, columns

    def deconstruct(self):
        return type(self).__name__, [self.model_name, *self.columns], {}

    def state_forwards(self, app_label, state):
        pass

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        table, connection = (
            from_state.apps.get_model(app_label, self.model_name)._meta.db_table,
            schema_editor.connection,
        )
        with connection.cursor() as cursor:
            cursor.execute(OF_ONE_COLUMN[connection.vendor], [table])
            found = [name for name, column in cursor.fetchall() if column in self.columns]
        for name in found:
            drop(schema_editor, name)

    def describe(self):
        return f"Drop the indexes of {', '.join(self.columns)} alone on {self.model_name}"


def drop(schema_editor, name):
    quietly = "CONCURRENTLY " if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP INDEX {quietly}IF EXISTS {schema_editor.quote_name(name)}")
