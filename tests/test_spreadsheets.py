"""What people typed comes back from a workbook as they typed it."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape

from config.spreadsheets import write_text

pytestmark = pytest.mark.once


def written_cell_by_cell(text):
    book = Workbook()
    write_text(book.active["A1"], text)
    return book


TEXTS = ["_x0041_", "_x000D_", "_x005F_", "__x00e1_ _x0041_", "=_x0041_", "x_x1_", "_x41_", "#N/A", "=1+1", "-5", "Đỗ"]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_reads_in_excel_as_it_was_typed(text):
    content = io.BytesIO()
    written_cell_by_cell(text).save(content)

    cell = load_workbook(content).active["A1"]
    # openpyxl leaves to whoever reads what Excel reads of itself.
    assert unescape(cell.value) == text
    assert cell.data_type == "s"
    assert cell.quotePrefix is text.startswith(("=", "-", "#"))
    with zipfile.ZipFile(content) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
