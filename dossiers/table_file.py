"""The summary table as an XLSX file: A4 landscape, one page wide, nothing cut on paper however long the texts are."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from config.spreadsheets import write_text
from dossiers.summary_table import COLUMNS, COUNTRY, MOTTO, TITLE, table_of
from dossiers.text_lines import lines_of

FONT = "Times New Roman"
SIZE = 11
TITLE_SIZE = 14
LINE_HEIGHT = 15
# Excel takes rows of at most 409 points.
MOST_LINES = 27
# How many ems of text stand on one line in a column one character wide.
EMS_A_CHARACTER = 5.25 / SIZE * 0.95
BOLD_IS_WIDER = 1.1
LINE = Side(style="thin")
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
        row = write_entry(sheet, row, texts)
    row = write_foot(sheet, row, table)
    set_up_printing(sheet, table, row)
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


def write_entry(sheet, row, texts):
    """Write an entry from this row on and return the row after it.

    What is too long for a row of the height that Excel takes goes on in rows below, without a line between them.
    """
    lines = [lines_of(text, ems_in(column.width)) for column, text in zip(COLUMNS, texts, strict=True)]
    deep = max(map(len, lines))
    for top in range(0, deep, MOST_LINES):
        is_first, is_last = top == 0, top + MOST_LINES >= deep
        for number, (column, pieces) in enumerate(zip(COLUMNS, lines, strict=True), start=FIRST):
            text = "".join(pieces[top : top + MOST_LINES])
            text = text if is_first and is_last else text.rstrip()
            cell = put(sheet, row, number, text, is_centred=column.is_centred)
            cell.border = Border(
                left=LINE, right=LINE, top=LINE if is_first else None, bottom=LINE if is_last else None
            )
        sheet.row_dimensions[row].height = LINE_HEIGHT * min(deep - top, MOST_LINES) + 4
        row += 1
    return row


def write_foot(sheet, row, table):
    """Write the mark and the signature block; return the last row. The block is one row, which no page parts."""
    put_across(sheet, row + 1, FIRST, LAST, f"Mã đối chiếu với phần mềm: {table.mark}", italic=True)
    lines = ["", table.head.on_behalf, *table.head.titles, "", "", "", "", table.head.signer]
    put_across(sheet, row + 2, LEFT_END + 1, LAST, "\n".join(lines), bold=True)
    sheet.row_dimensions[row + 2].height = LINE_HEIGHT * (len(lines) + 1)
    return row + 2


def set_up_printing(sheet, table, last_row):
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.print_area = f"A1:{get_column_letter(LAST)}{last_row}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    sheet.page_margins.footer = 0.3
    for part in (sheet.oddFooter.left, sheet.oddFooter.right):
        part.font, part.size = f"{FONT},Regular", SIZE
    sheet.oddFooter.left.text = f"Mã đối chiếu: {table.mark}"
    sheet.oddFooter.right.text = "Trang &P/&N"


def put(sheet, row, column, text, *, bold=False, italic=False, size=SIZE, is_centred=False):
    """Write text into a cell, in the table's font."""
    cell = write_text(sheet.cell(row, column), text)
    cell.font = Font(name=FONT, size=size, bold=bold, italic=italic)
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if is_centred else "left")
    return cell


def put_across(sheet, row, first, last, text, **style):
    sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    put(sheet, row, first, text, is_centred=True, **style)


def width_of(first, last):
    """Return how many characters wide the columns are together."""
    return sum(column.width for column in COLUMNS[first - 1 : last])


def ems_in(width, *, bold=False):
    return width * EMS_A_CHARACTER / (BOLD_IS_WIDER if bold else 1)


def fit(sheet, row, texts):
    """Give a row the height that shows each (text, width in characters, whether it is bold) whole."""
    deep = max(len(lines_of(text, ems_in(width, bold=bold))) for text, width, bold in texts)
    sheet.row_dimensions[row].height = LINE_HEIGHT * deep + 3
