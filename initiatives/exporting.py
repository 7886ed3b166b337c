"""Export what the staff list shows: all its filters and its order, never more than its maker sees.

Rows are read by key, EXPORT_CHUNK at a time: no long transaction, no cursor that a pooled connection would lose. CSV
has commas, as its standard says and as Excel reads it where Windows is left at English settings; where it is set
to Vietnamese, the XLSX file opens right. A byte order mark tells Excel that it is UTF-8.
"""

import csv
import io
import logging
import tempfile

from django.core.files import File
from django.db import transaction
from django.http import QueryDict
from django_q.tasks import async_task
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from accounts.models import Union
from config import clock
from config.spreadsheets import csv_cell, xlsx_cell
from initiatives.export_columns import Reader
from initiatives.exports import Export, ExportState, Kind
from initiatives.filters import ListFilter
from initiatives.limits import EXPORT_CHUNK, EXPORTED_AT_ONCE, MOST_IN_XLSX
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
    rows = form.apply(Initiative.objects.visible_to(user)).select_related("unit", "branch", "top")
    return rows.defer("search_text"), form.ordering


def is_short(user, query):
    """Whether so few rows are listed that a file of them is written while one waits."""
    rows, _ = listed(user, query)
    return len(rows.order_by().values_list("pk")[: EXPORTED_AT_ONCE + 1]) <= EXPORTED_AT_ONCE


def chunks_of(export):
    """Yield the initiatives of an export in lists, in order; those read so far are counted in it."""
    rows, order = listed(export.made_by, export.query)
    chunk = list(order.sort(rows)[:EXPORT_CHUNK])
    while chunk:
        export.rows += len(chunk)
        yield chunk
        chunk = list(order.behind(rows, chunk[-1])[:EXPORT_CHUNK])


def csv_parts(export):
    """Yield the text of a CSV file; its end is on record also when whoever takes it goes away."""
    reader, state = Reader(export.made_by), ExportState.FAILED
    try:
        yield "\ufeff" + csv_text([[column.header for column in reader.columns]])
        for chunk in chunks_of(export):
            yield csv_text(map(csv_cell, reader.row(initiative)) for initiative in chunk)
        state = ExportState.DONE
    finally:
        finish(export, state)


def csv_text(rows):
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def write_book(export, target, *, told=lambda: None):
    """Write an export as XLSX into a file; `told` is called after each chunk."""
    reader, book = Reader(export.made_by), Workbook(write_only=True)
    sheet = book.create_sheet("Sáng kiến")
    for number, column in enumerate(reader.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = "C2"
    sheet.append([xlsx_header(sheet, column.header) for column in reader.columns])
    for chunk in chunks_of(export):
        for initiative in chunk:
            sheet.append([xlsx_cell(sheet, value) for value in reader.row(initiative)])
        told()
    book.save(target)


def xlsx_header(sheet, text):
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def write_file(export_pk):
    """Write the file of an export; the queue's task. Run again after a crash it begins anew."""
    export = Export.objects.making().select_related("made_by").filter(pk=export_pk).first()
    if export is None:
        return
    export.rows, export.total = 0, listed(export.made_by, export.query)[0].order_by().count()
    if export.total > MOST_IN_XLSX:
        finish(export, ExportState.TOO_LONG)
        return
    export.save(update_fields=["rows", "total"])
    try:
        with tempfile.TemporaryFile() as target:
            write_book(export, target, told=lambda: export.save(update_fields=["rows"]))
            target.seek(0)
            export.file.save(export.download_name, File(target), save=False)
    except Exception:  # Whatever a row or a disk does: its maker is told, and the log says why.
        log.exception("export %s failed", export_pk)
        finish(export, ExportState.FAILED)
    else:
        finish(export)


def drop_outdated():
    """Delete exports and their files once they are EXPORT_KEPT old; that they were made stays on record."""
    for export in Export.objects.outdated():
        export.file.delete(save=False)
        export.delete()
