"""Sheets that are printed on A4 landscape, one page wide, with nothing cut on paper however long the texts are."""

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from config.spreadsheets import write_text
from dossiers.text_lines import lines_of

FONT = "Times New Roman"
SIZE = 11
LINE_HEIGHT = 15
# Excel takes rows of at most 409 points.
MOST_LINES = 27
# How many ems of text stand on one line in a column one character wide.
EMS_A_CHARACTER = 5.25 / SIZE * 0.95
BOLD_IS_WIDER = 1.1
LINE = Side(style="thin")


def write_row(sheet, row, columns, texts):
    """Write the texts of a row from this row of the sheet on and return the row after it.

    What is too long for a row of the height that Excel takes goes on in rows below, without a line between them.
    """
    lines = [lines_of(text, ems_in(column.width)) for column, text in zip(columns, texts, strict=True)]
    deep = max(map(len, lines))
    for top in range(0, deep, MOST_LINES):
        is_first, is_last = top == 0, top + MOST_LINES >= deep
        for number, (column, pieces) in enumerate(zip(columns, lines, strict=True), start=1):
            text = "".join(pieces[top : top + MOST_LINES])
            text = text if is_first and is_last else text.rstrip()
            cell = put(sheet, row, number, text, is_centred=column.is_centred)
            cell.border = Border(
                left=LINE, right=LINE, top=LINE if is_first else None, bottom=LINE if is_last else None
            )
        sheet.row_dimensions[row].height = LINE_HEIGHT * min(deep - top, MOST_LINES) + 4
        row += 1
    return row


def print_on_a4(sheet, header_row, last_column, last_row, footer):
    """Set up printing: the header row on every page, `footer` and the number of the page below."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.print_area = f"A1:{get_column_letter(last_column)}{last_row}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    sheet.page_margins.footer = 0.3
    for part in (sheet.oddFooter.left, sheet.oddFooter.right):
        part.font, part.size = f"{FONT},Regular", SIZE
    sheet.oddFooter.left.text = footer
    sheet.oddFooter.right.text = "Trang &P/&N"


def put(sheet, row, column, text, *, bold=False, italic=False, size=SIZE, is_centred=False):
    """Write text into a cell, in the font of papers."""
    cell = write_text(sheet.cell(row, column), text)
    cell.font = Font(name=FONT, size=size, bold=bold, italic=italic)
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if is_centred else "left")
    return cell


def put_across(sheet, row, first, last, text, **style):
    sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    put(sheet, row, first, text, is_centred=True, **style)


def ems_in(width, *, bold=False):
    return width * EMS_A_CHARACTER / (BOLD_IS_WIDER if bold else 1)


def fit(sheet, row, texts):
    """Give a row the height that shows each (text, width in characters, whether it is bold) whole."""
    deep = max(len(lines_of(text, ems_in(width, bold=bold))) for text, width, bold in texts)
    sheet.row_dimensions[row].height = LINE_HEIGHT * deep + 3
