"""The summary table (bảng tổng hợp tóm tắt sáng kiến) of a dossier: its columns, and the XLSX file that is printed."""

import io
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from config.cells import write_text
from config.text import clean


@dataclass(frozen=True)
class Column:
    """One column: what stands above it, its width in characters, its value, and the entry's field that fills it."""

    header: str
    width: int
    value: Callable
    field: str = ""


COLUMNS = [
    Column("STT", 5, lambda entry: str(entry.rank)),
    Column("Họ tên tác giả", 17, lambda entry: entry.authors, "authors"),
    Column("Năm sinh", 8, lambda entry: entry.birth_years, "birth_years"),
    Column("Chức vụ và đơn vị công tác", 18, lambda entry: entry.position, "position"),
    Column("Khối", 10, lambda entry: entry.get_block_display(), "block"),
    Column("Tên sáng kiến", 20, lambda entry: entry.title, "title"),
    Column("Lĩnh vực", 15, lambda entry: entry.get_field_display(), "field"),
    Column("Tóm tắt nội dung", 40, lambda entry: entry.summary, "summary"),
    Column("Thời gian áp dụng", 11, lambda entry: entry.practised, "practised"),
    Column("Hiệu quả và giá trị làm lợi", 28, lambda entry: entry.effect, "effect"),
    Column("Mã trên phần mềm", 16, lambda entry: entry.initiative.shown_code),
]

FONT = "Times New Roman"
LINE_HEIGHT = 15
LINE = Side(style="thin")


def rows_of(entries):
    """Return the table's texts, a list of cell texts for each entry, in the order of COLUMNS."""
    return [[clean(column.value(entry)) for column in COLUMNS] for entry in entries]


def write_table(dossier, entries):
    """Return the bytes of the XLSX table: A4 landscape, header block, one row an entry, signature block."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Bảng tổng hợp"
    last = get_column_letter(len(COLUMNS))
    middle = len(COLUMNS) // 2
    for row, left, right in (
        (1, dossier.plan.union.name.upper(), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (2, dossier.union.name.upper(), "Độc lập - Tự do - Hạnh phúc"),
    ):
        put_across(sheet, row, 1, middle, left, bold=row == 2)
        put_across(sheet, row, middle + 1, len(COLUMNS), right, bold=True)
    put_across(sheet, 4, 1, len(COLUMNS), "BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN", bold=True, size=14)
    letter = f"(Kèm theo Tờ trình số {dossier.letter_number or '…'} ngày {shown_date(dossier.letter_date)})"
    put_across(sheet, 5, 1, len(COLUMNS), letter, italic=True)
    header_row = 7
    for number, column in enumerate(COLUMNS, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        boxed(put(sheet, header_row, number, column.header, bold=True, center=True))
    sheet.row_dimensions[header_row].height = 2 * LINE_HEIGHT
    for offset, texts in enumerate(rows_of(entries), start=1):
        for number, text in enumerate(texts, start=1):
            boxed(put(sheet, header_row + offset, number, text, center=number in {1, 3}))
        sheet.row_dimensions[header_row + offset].height = row_height(texts)
    sign_row = header_row + len(entries) + 2
    put_across(sheet, sign_row, middle + 1, len(COLUMNS), "TM. BAN THƯỜNG VỤ", bold=True)
    put_across(sheet, sign_row + 1, middle + 1, len(COLUMNS), "CHỦ TỊCH", bold=True)
    put_across(sheet, sign_row + 6, middle + 1, len(COLUMNS), dossier.signer, bold=True)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.print_area = f"A1:{last}{sign_row + 6}"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def put(sheet, row, column, text, *, bold=False, italic=False, size=11, center=False):
    """Write text into a cell, in the table's font."""
    cell = write_text(sheet.cell(row, column), text)
    cell.font = Font(name=FONT, size=size, bold=bold, italic=italic)
    cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center" if center else "left")
    return cell


def put_across(sheet, row, first, last, text, **style):
    sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)
    put(sheet, row, first, text, center=True, **style)


def boxed(cell):
    cell.border = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)


def row_height(texts):
    """Return a height in points that shows the longest cell whole (Excel takes at most 409)."""
    lines = (
        sum(1 + len(line) // column.width for line in text.split("\n"))
        for column, text in zip(COLUMNS, texts, strict=True)
    )
    return min(409, LINE_HEIGHT * max(lines) + 6)


def shown_date(date):
    """Return a date as documents write it, dotted where it is not known."""
    return f"{date.day:02d} tháng {date.month:02d} năm {date.year}" if date else "… tháng … năm …"
