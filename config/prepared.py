"""Queries that are asked at nearly every request: Django takes longer to write their SQL than the database to answer,
so it is written once for each process."""

from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.sql import InsertQuery


class Prepared:
    """`make(*values)` returns a queryset of whole rows; calling this with texts and whole numbers asks it for them.

    Related rows are not fetched along.
    """

    def __init__(self, make):
        self.make, self.written = make, None

    def __call__(self, *values):
        """Return the rows as a list."""
        if self.written is None:
            self.written = Written(self.make, values)
        return self.written.rows(values)

    def first(self, *values):
        """Return the first row, or None."""
        return next(iter(self(*values)), None)


class Written:
    """The SQL of a queryset, its parameters as (True, which value) or (False, a constant), and how rows are read."""

    def __init__(self, make, values):
        marks = [f"prepared-{n}" if isinstance(value, str) else -(10**9) - n for n, value in enumerate(values)]
        queryset = make(*marks)
        self.compiler = queryset.query.get_compiler(DEFAULT_DB_ALIAS)
        self.sql, parameters = self.compiler.as_sql()
        self.parameters = [(True, marks.index(part)) if part in marks else (False, part) for part in parameters]
        if {part for is_value, part in self.parameters if is_value} != set(range(len(values))):
            raise TypeError("A value of a prepared query must stand in its SQL as it is.")
        expressions = [expression for expression, *_ in self.compiler.select]
        self.model, self.more = queryset.model, self.compiler.annotation_col_map or {}
        places = self.compiler.klass_info["select_fields"]
        self.whole, self.names = slice(places[0], places[-1] + 1), [expressions[p].target.attname for p in places]
        self.converters = self.compiler.get_converters(expressions)

    def rows(self, values):
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(self.sql, [values[part] if is_value else part for is_value, part in self.parameters])
            found = cursor.fetchall()
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        return [self.read(row) for row in found]

    def read(self, row):
        read = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.whole])
        for name, place in self.more.items():
            setattr(read, name, row[place])
        return read


def insert(row):
    """Store a new row as `row.save(force_insert=True)` does, its SQL written once for each model; no signals are sent.

    Its key comes from the database.
    """
    connection, model = connections[DEFAULT_DB_ALIAS], type(row)
    sql, fields = written_insert(model)
    values = [field.get_db_prep_save(field.pre_save(row, add=True), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        (row.pk,) = cursor.fetchone()
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


@cache
def written_insert(model):
    """Return (the SQL that stores a row of a model and returns its key, the fields that it is given)."""
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    query = InsertQuery(model)
    query.insert_values(fields, [model()])
    compiler = query.get_compiler(DEFAULT_DB_ALIAS)
    compiler.returning_fields = [model._meta.pk]
    ((sql, _),) = compiler.as_sql()
    return sql, fields
