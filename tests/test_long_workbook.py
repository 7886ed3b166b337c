"""Long lists as XLSX: every program reads what was put in, on as many sheets as it takes, in the same memory."""

import io
import tracemalloc
import zipfile
from datetime import date, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from config import long_workbook
from config.long_workbook import LongWorkbook
from config.text import clean, is_clean
from tests.test_spreadsheets import TEXTS

pytestmark = pytest.mark.once

COLUMNS = [SimpleNamespace(header=f"Cột {number}", width=10 * number) for number in (1, 2, 3)]


def book_of(*chunks, columns=COLUMNS):
    """Return the workbook, as openpyxl reads it, of rows that are written chunk by chunk."""
    file = io.BytesIO()
    with LongWorkbook(file, "Sáng kiến", columns) as book:
        for rows in chunks:
            book.write(rows)
    return load_workbook(file)


def values(sheet):
    return list(sheet.iter_rows(values_only=True))[1:]


def test_each_kind_of_value_comes_back_as_itself():
    rows = [("Chữ", 12, None), (date(2021, 4, 20), datetime(2021, 4, 20, 23, 59, 59), 0), ("", "  hai  ", -5)]

    sheet = book_of(rows).active

    assert values(sheet) == [
        ("Chữ", 12, None),
        (datetime(2021, 4, 20), datetime(2021, 4, 20, 23, 59, 59), 0),
        (None, "hai", -5),
    ]
    assert (sheet["A3"].number_format, sheet["B3"].number_format) == ("DD/MM/YYYY", "HH:MM DD/MM/YYYY")
    assert sheet["A1"].font.bold
    assert (sheet.title, sheet.freeze_panes, sheet.column_dimensions["B"].width) == ("Sáng kiến", "C2", 20)


@pytest.mark.parametrize("text", [*TEXTS, "a & b < c > d", "hai\ndòng", "\t-5", "]]>", "&amp;"])
def test_a_text_reads_in_excel_as_it_was_typed(text):
    cell = book_of([(text, 1, 2)]).active["A2"]

    assert unescape(cell.value) == text.strip()
    assert cell.data_type == "s"
    assert cell.quotePrefix is text.strip().startswith(("=", "-", "#"))


def test_a_formula_is_written_as_text():
    file = io.BytesIO()
    with LongWorkbook(file, "Sáng kiến", COLUMNS) as book:
        book.write([("=1+1", "+1", "@x")])

    with zipfile.ZipFile(file) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@given(st.text())
def test_no_text_whatever_kills_an_export(text):
    assert unescape(book_of([(text, None, None)]).active["A2"].value or "") == clean(text)


@given(st.text(st.characters() | st.sampled_from("\u00ad\u00a0\u0301\u0300eaÐƉ\r\n\t \u200b\ufeff\ufffe")))
def test_what_is_called_clean_is_left_as_it_is_by_cleaning(text):
    if is_clean(text):
        assert clean(f"{text}\u200b") == text


@pytest.mark.parametrize(("rows", "sheets"), [(0, [0]), (3, [3]), (4, [4]), (5, [4, 1]), (9, [4, 4, 1])])
def test_what_one_sheet_has_no_room_for_goes_on_the_next(monkeypatch, rows, sheets):
    monkeypatch.setattr(long_workbook, "ROWS_A_SHEET", 4)
    monkeypatch.setattr(long_workbook, "WRITTEN_TOGETHER", 3)
    wanted = [(f"Việc {number}", number, None) for number in range(rows)]

    book = book_of(wanted[:3], wanted[3:])

    assert [len(values(sheet)) for sheet in book] == sheets
    assert [row for sheet in book for row in values(sheet)] == wanted
    assert book.sheetnames == (
        ["Sáng kiến"] if len(sheets) == 1 else [f"Sáng kiến {n + 1}" for n in range(len(sheets))]
    )
    for sheet in book:
        assert [cell.value for cell in sheet[1]] == [column.header for column in COLUMNS]


def test_memory_does_not_grow_with_the_rows():
    peaks = []
    for chunks in (10, 100):
        with io.FileIO("/dev/null", "w") as sink:
            tracemalloc.start()
            with LongWorkbook(sink, "Sáng kiến", COLUMNS) as book:
                for chunk in range(chunks):
                    book.write([(f"Việc {chunk} {number}", number, None) for number in range(100)])
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()

    assert peaks[1] < 1.2 * peaks[0]
