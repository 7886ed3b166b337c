"""Export what the staff list shows: all its filters and its order, never more than its maker sees.

Rows are read by key, EXPORT_CHUNK at a time: no long transaction, no cursor that a pooled connection would lose. CSV
has commas, as its standard says and as Excel reads it where Windows is left at English settings; where it is set
to Vietnamese, the XLSX file opens right. A byte order mark tells Excel that it is UTF-8.
"""

import logging
import tempfile
import time

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import QueryDict
from django_q.tasks import async_task

from accounts.models import Union
from config import clock
from config.long_workbook import LongWorkbook
from config.spreadsheets import csv_lines
from initiatives.export_columns import Reader
from initiatives.exports import Export, ExportState, Kind, export_path
from initiatives.filters import ListFilter
from initiatives.limits import EXPORT_CHUNK, EXPORT_TRIES, EXPORTED_AT_ONCE, MOST_IN_XLSX
from initiatives.models import Initiative
from record.writing import write

log = logging.getLogger(__name__)


def begin(user, kind, query):
    """Put on record that somebody takes a list away, with which filters (R20)."""
    with transaction.atomic():
        export = Export.objects.create(made_by=user, kind=kind, query=query, asked_at=clock.now())
        after = {"kind": kind, "query": query, "contacts": any(c.is_contact for c in Reader(user).columns)}
        write(export, "export_begun", by=user, after=after, is_first=True)
    return export


def finish(export, state=ExportState.DONE):
    """Put on record how many rows were taken."""
    with transaction.atomic():
        export.state = state
        export.save()
        write(export, "exported", by=export.made_by, after={"rows": export.rows, "state": state})


def begin_later(user, query):
    """Have the queue write an XLSX file; asking again for one that is being written returns that."""
    with transaction.atomic():
        if asked := Export.objects.made_by(user).making().filter(kind=Kind.XLSX, query=query).first():
            return asked
        export = begin(user, Kind.XLSX, query)
        async_task("initiatives.exporting.write_file", export.pk, save=False)
    return export


def listed(user, query):
    """Return the initiatives that the list shows this person, and their Order."""
    form = ListFilter(QueryDict(query), unions=Union.objects.visible_to(user))
    return form.apply(Initiative.objects.visible_to(user)), form.ordering


def is_short(user, query):
    """Whether so few rows are listed that a file of them is written while one waits."""
    rows, _ = listed(user, query)
    return len(rows.order_by().values_list("pk")[: EXPORTED_AT_ONCE + 1]) <= EXPORTED_AT_ONCE


def chunks_of(export, reader):
    """Yield the values of EXPORT_CHUNK rows of an export at a time, a sequence for each column; it counts the rows."""
    rows, order = listed(export.made_by, export.query)
    keys = ["pk", order.by or "pk"]
    fields = list(dict.fromkeys([*reader.fields, *keys]))  # none is read twice
    chunk = order.sort(rows).values_list(*fields)[:EXPORT_CHUNK]
    while found := list(chunk):
        export.rows += len(found)
        yield reader.values(list(zip(*found, strict=True)))
        last = Initiative(**{key: found[-1][fields.index(key)] for key in keys})
        chunk = order.behind(rows, last).values_list(*fields)[:EXPORT_CHUNK]


def csv_parts(export):
    """Yield the text of a CSV file; its end is on record also when whoever takes it goes away."""
    reader, state = Reader(export.made_by), ExportState.FAILED
    try:
        yield "\ufeff" + csv_lines([[column.header] for column in reader.columns])
        for chunk in chunks_of(export, reader):
            yield csv_lines(chunk)
        state = ExportState.DONE
    finally:
        finish(export, state)


def write_book(export, target, *, told=lambda: None):
    """Write an export as XLSX into a file; `told` is called after each chunk."""
    reader = Reader(export.made_by)
    with LongWorkbook(target, "Sáng kiến", reader.columns) as book:
        for chunk in chunks_of(export, reader):
            book.write(list(zip(*chunk, strict=True)))
            told()


def write_file(export_pk):
    """Write the file of an export; the queue's task. Run again after a crash it begins anew, EXPORT_TRIES times."""
    export = Export.objects.making().select_related("made_by").filter(pk=export_pk).first()
    if export is None:
        return
    if export.tries == EXPORT_TRIES:
        log.error("export %s failed: it was begun %s times and never ended", export_pk, export.tries)
        finish(export, ExportState.FAILED)
        return
    export.tries += 1
    export.rows, export.total = 0, listed(export.made_by, export.query)[0].order_by().count()
    if export.total > MOST_IN_XLSX:
        finish(export, ExportState.TOO_LONG)
        return
    export.save(update_fields=["rows", "total", "tries"])
    try:
        with tempfile.TemporaryFile() as target:
            write_book(export, target, told=Progress(export))
            target.seek(0)
            store_file(export, target)
    except Exception:  # Whatever a row or a disk does: its maker is told, and the log says why.
        log.exception("export %s failed", export_pk)
        finish(export, ExportState.FAILED)
    else:
        finish(export)


class Progress:
    """Notes how far an export is when called, once a second at most."""

    def __init__(self, export):
        self.export, self.next_at = export, 0

    def __call__(self):
        if time.monotonic() >= self.next_at:
            self.export.save(update_fields=["rows"])
            self.next_at = time.monotonic() + 1


def store_file(export, target):
    """Store a file as that of an export; what a full disk left of it goes."""
    name = export_path(export, export.download_name)
    try:
        export.file.name = default_storage.save(name, File(target))
    except BaseException:
        default_storage.delete(name)
        raise


def drop_outdated():
    """Delete exports and their files once they are EXPORT_KEPT old; that they were made stays on record."""
    for export in Export.objects.outdated():
        export.file.delete(save=False)
        export.delete()
