"""The summary table as an XLSX file."""

import io

from openpyxl import Workbook
from openpyxl.styles import Border, Font
from openpyxl.utils import get_column_letter

from dossiers.sheets import FONT, LINE, LINE_HEIGHT, SIZE, fit, print_on_a4, put, put_across, write_row
from dossiers.summary_table import COLUMNS, COUNTRY, MOTTO, TITLE, table_of

TITLE_SIZE = 14
FIRST, LAST = 1, len(COLUMNS)
LEFT_END = 6
HEADER_ROW = 7


def write_table(dossier, entries):
    """Return the bytes of the XLSX table: header block, one row an entry, mark, signature block."""
    table = table_of(dossier, entries)
    book = Workbook()
    # The widths of columns are counted in digits of this font.
    book._named_styles["Normal"].font = Font(name=FONT, size=SIZE)
    sheet = book.active
    sheet.title = "Bảng tổng hợp"
    write_head(sheet, table)
    row = HEADER_ROW + 1
    for texts in table.rows:
        row = write_row(sheet, row, COLUMNS, texts)
    row = write_foot(sheet, row, table)
    print_on_a4(sheet, HEADER_ROW, LAST, row, f"Mã đối chiếu: {table.mark}")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_head(sheet, table):
    for row, left, right in ((1, table.head.parent_line, COUNTRY), (2, table.head.own_line, MOTTO)):
        put_across(sheet, row, FIRST, LEFT_END, left, bold=row == 2)
        put_across(sheet, row, LEFT_END + 1, LAST, right, bold=True)
        fit(sheet, row, [(left, width_of(FIRST, LEFT_END), True)])
    put_across(sheet, 3, LEFT_END + 1, LAST, table.head.place_and_day, italic=True)
    put_across(sheet, 4, FIRST, LAST, TITLE, bold=True, size=TITLE_SIZE)
    put_across(sheet, 5, FIRST, LAST, table.about, italic=True)
    sheet.row_dimensions[4].height = 24
    for number, column in enumerate(COLUMNS, start=FIRST):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        cell = put(sheet, HEADER_ROW, number, column.header, bold=True, is_centred=True)
        cell.border = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
    fit(sheet, HEADER_ROW, [(column.header, column.width, True) for column in COLUMNS])


def write_foot(sheet, row, table):
    """Write the mark and the signature block; return the last row. The block is one row, which no page parts."""
    put_across(sheet, row + 1, FIRST, LAST, f"Mã đối chiếu với phần mềm: {table.mark}", italic=True)
    lines = ["", table.head.on_behalf, *table.head.titles, "", "", "", "", table.head.signer]
    put_across(sheet, row + 2, LEFT_END + 1, LAST, "\n".join(lines), bold=True)
    sheet.row_dimensions[row + 2].height = LINE_HEIGHT * (len(lines) + 1)
    return row + 2


def width_of(first, last):
    """Return how many characters wide the columns are together."""
    return sum(column.width for column in COLUMNS[first - 1 : last])
