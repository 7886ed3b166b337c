"""Queries that are asked at nearly every request: Django takes longer to write their SQL than the database to answer,
so it is written once for each process."""

from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.sql import InsertQuery


class Prepared:
    """`make(*values)` returns a queryset of whole rows; calling this with texts and whole numbers asks it for them.

    Annotations come as the database has them, and related rows are not fetched along: `make` must not ask for either
    where that matters.
    """

    def __init__(self, make):
        self.make, self.written = make, None

    def __call__(self, *values):
        """Return the rows as a list."""
        if self.written is None:
            self.written = self.write(values)
        model, sql, parameters = self.written
        return list(model.objects.raw(sql, [values[part] if is_value else part for is_value, part in parameters]))

    def first(self, *values):
        """Return the first row, or None."""
        return next(iter(self(*values)), None)

    def write(self, values):
        """Return (model, SQL, its parameters as (True, which of the values) or (False, a constant))."""
        marks = [f"prepared-{n}" if isinstance(value, str) else -(10**9) - n for n, value in enumerate(values)]
        queryset = self.make(*marks)
        sql, parameters = queryset.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
        placed = [(True, marks.index(part)) if part in marks else (False, part) for part in parameters]
        if {part for is_value, part in placed if is_value} != set(range(len(values))):
            raise TypeError("A value of a prepared query must stand in its SQL as it is.")
        return queryset.model, sql, placed


def insert(row):
    """Store a new row as `row.save(force_insert=True)` does, its SQL written once for each model; no signals are sent.

    Its key comes from the database.
    """
    connection, model = connections[DEFAULT_DB_ALIAS], type(row)
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(insert_sql(model), values)
        (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def insert_sql(model):
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    query = InsertQuery(model)
    query.insert_values(fields, [model()])
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.returning_fields = [model._meta.pk]
    ((sql, _),) = compiler.as_sql()
    return sql
