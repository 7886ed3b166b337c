"""What initiatives are read by at two million rows: each order of a union's list, and what else is looked for.

Each index costs every sender. Which query needs which: docs/architecture.md.
"""

from django.contrib.postgres.indexes import GinIndex
from django.db import connection
from django.db.models import Index, Q

# Words of new initiatives wait in a list, which searches read too; twenty thousand initiatives fill it.
PENDING_WORDS_KB = 64 * 1024


class TrigramIndex(GinIndex):
    """Finds words in a text by their runs of three letters. SQLite has none: there it is nothing."""

    def create_sql(self, model, schema_editor, using="", **kwargs):
        if schema_editor.connection.vendor != "postgresql":
            return "SELECT 1"
        return super().create_sql(model, schema_editor, using=using, **kwargs)

    def remove_sql(self, model, schema_editor, **kwargs):
        if schema_editor.connection.vendor != "postgresql":
            return "SELECT 1"
        return super().remove_sql(model, schema_editor, **kwargs)


INDEXES = [
    Index(fields=["arrived_at", "id"], name="initiative_arrived"),
    Index(fields=["top", "arrived_at", "id"], name="initiative_of_top_arrived"),
    Index(fields=["branch", "arrived_at", "id"], name="initiative_of_branch_arrived"),
    Index(fields=["unit", "arrived_at", "id"], name="initiative_of_unit_arrived"),
    Index(fields=["status", "arrived_at", "id"], name="initiative_by_status"),
    Index(fields=["top", "status", "arrived_at", "id"], name="initiative_of_top_by_status"),
    Index(fields=["branch", "status", "arrived_at", "id"], name="initiative_of_branch_by_status"),
    Index(fields=["name_key", "id"], name="initiative_by_name"),
    Index(fields=["top", "name_key", "id"], name="initiative_of_top_by_name"),
    Index(fields=["branch", "name_key", "id"], name="initiative_of_branch_by_name"),
    Index(fields=["unit", "name_key", "id"], name="initiative_of_unit_by_name"),
    Index(fields=["phone", "campaign"], name="initiative_of_phone"),
    Index(fields=["top", "unit_key", "status", "id"], condition=Q(unit=None), name="initiative_to_map"),
    TrigramIndex(
        fields=["search_text"],
        opclasses=["gin_trgm_ops"],
        name="initiative_words",
        fastupdate=True,
        gin_pending_list_limit=PENDING_WORDS_KB,
    ),
]


def take_in_words():
    """Put the words of what was sent since into their index: the task of the queue, so that no sender does it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list('initiative_words')")
