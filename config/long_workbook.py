"""Write long lists as XLSX: openpyxl makes the workbook, and rows go into its sheets as text while they are read.

openpyxl takes 15 microseconds a cell, this a tenth: a million rows of twenty columns take two minutes instead of six,
in which the queue does nothing else. Memory stays the same however many rows there are.
"""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime, timedelta
from functools import cache
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from config.spreadsheets import READ_OTHERWISE, as_stored
from config.text import clean

# Excel ends at 1,048,576; an office PC is at ease with fewer.
ROWS_A_SHEET = 200_000
WRITTEN_TOGETHER = 500
SHEET = "xl/worksheets/sheet{}.xml"
DAY_ZERO, DAY = datetime(1899, 12, 30), timedelta(days=1)
# Deflate's quickest: the file is a fifth larger, and written in half the time.
COMPRESSION = 1


class LongWorkbook:
    """A workbook of one list in a file, with the same header on each sheet; whole at the end of its `with` block.

    `columns` have `header` and `width`, in characters; rows are sequences of texts, numbers, dates, moments without
    time zone, and None.
    """

    def __init__(self, target, title, columns):
        self.title, self.columns = title, columns
        self.archive = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION)
        self.letters = [get_column_letter(number) for number in range(1, len(columns) + 1)]
        with zipfile.ZipFile(self.made(1)) as made:
            self.head, self.tail = made.read(SHEET.format(1)).split(b"</sheetData>")
        self.sheets = self.row = 0
        self.begin_sheet()

    def made(self, sheets):
        """Return a file with a workbook of so many sheets that have a header and no rows."""
        book, file = Workbook(write_only=True), io.BytesIO()
        for number in range(1, sheets + 1):
            sheet = book.create_sheet(f"{self.title} {number}" if sheets > 1 else self.title)
            for letter, column in zip(self.letters, self.columns, strict=True):
                sheet.column_dimensions[letter].width = column.width
            sheet.freeze_panes = "C2"
            sheet.append([header_cell(sheet, column.header) for column in self.columns])
        self.cells = writers(*styles_of(sheet))
        book.save(file)
        return file

    def begin_sheet(self):
        self.sheets, self.row = self.sheets + 1, 1
        self.sheet = self.archive.open(SHEET.format(self.sheets), "w", force_zip64=True)
        self.sheet.write(self.head)

    def end_sheet(self):
        self.sheet.write(b"</sheetData>" + self.tail)
        self.sheet.close()

    def write(self, rows):
        """Write a list of rows, on the next sheet what this one has no room for."""
        while rows:
            if self.row > ROWS_A_SHEET:
                self.end_sheet()
                self.begin_sheet()
            part = rows[: min(WRITTEN_TOGETHER, ROWS_A_SHEET + 1 - self.row)]
            text = "".join(self.row_xml(self.row + number, values) for number, values in enumerate(part, start=1))
            self.sheet.write(text.encode())
            self.row += len(part)
            rows = rows[len(part) :]

    def row_xml(self, number, values):
        """Return the XML of one row; what is empty has no cell."""
        cells, at = self.cells, str(number)
        written = [cells[type(value)](value, letter + at) for value, letter in zip(values, self.letters, strict=True)]
        return f'<row r="{at}">{"".join(written)}</row>'

    def __enter__(self):
        return self

    def __exit__(self, failed, *_):
        try:
            if not failed:
                self.finish()
        finally:
            for part in (self.sheet, self.archive):
                with suppress(OSError, ValueError):  # after a failure they cannot be ended well, and are not meant to
                    part.close()

    def finish(self):
        """Add what makes the sheets a workbook."""
        self.end_sheet()
        with zipfile.ZipFile(self.made(self.sheets)) as made:
            for name in made.namelist():
                if not name.startswith("xl/worksheets/"):
                    self.archive.writestr(name, made.read(name))
        self.archive.close()


# --- Cells ----------------------------------------------------------------------------------------


def header_cell(sheet, text):
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def styles_of(sheet):
    """Return the numbers, in a sheet's workbook, of the styles of text read otherwise, of days and of moments."""
    otherwise, day, moment = (WriteOnlyCell(sheet) for _ in range(3))
    otherwise.quotePrefix, day.number_format, moment.number_format = True, "DD/MM/YYYY", "HH:MM DD/MM/YYYY"
    return [cell.style_id for cell in (otherwise, day, moment)]


def writers(otherwise, day, moment):
    """Return {type: function of a value and where it stands that returns the XML of its cell} with these styles."""

    def text(value, at):
        value = clean(value)
        if not value:
            return ""
        style = f' s="{otherwise}"' if value.startswith(READ_OTHERWISE) else ""
        return f'<c r="{at}"{style} t="inlineStr"><is><t xml:space="preserve">{escape(as_stored(value))}</t></is></c>'

    return {
        str: text,
        int: lambda value, at: f'<c r="{at}"><v>{value}</v></c>',
        date: lambda value, at: f'<c r="{at}" s="{day}"><v>{day_number(value)}</v></c>',
        datetime: lambda value, at: f'<c r="{at}" s="{moment}"><v>{(value - DAY_ZERO) / DAY}</v></c>',
        type(None): lambda value, at: "",
    }


# The same few days stand in all rows.
day_number = cache(to_excel)
