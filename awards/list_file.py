"""The lists of awards and of nominations as XLSX: A4 landscape, one page wide, text kept text."""

import io

from openpyxl import Workbook
from openpyxl.styles import Border, Font
from openpyxl.utils import get_column_letter

from awards.certificates import names_on
from awards.council_papers import drafted
from awards.listing import shown_mark
from awards.selection_state import publication_of
from config.text import clean, clean_line
from dossiers.letterhead import head_of, shown_date
from dossiers.sheets import FONT, LINE, SIZE, fit, print_on_a4, put, put_across, write_row
from dossiers.summary_table import COUNTRY, MOTTO, Column

COLUMNS = [
    Column("STT", 5, lambda line: str(line.number), is_centred=True),
    Column("Họ tên tác giả", 22, lambda line: "\n".join(names_on(line.entry))),
    Column("Chức vụ và đơn vị công tác", 26, lambda line: line.entry.position),
    Column("Công đoàn đề nghị", 22, lambda line: line.entry.dossier.union.name),
    Column("Khối", 13, lambda line: line.entry.get_block_display()),
    Column("Tên sáng kiến", 34, lambda line: line.entry.title),
    Column("Lĩnh vực", 20, lambda line: line.entry.get_field_display()),
    Column("Hình thức", 16, lambda line: line.honour),
    Column("Điểm", 8, lambda line: line.points, is_centred=True),
    Column("Hạng", 7, lambda line: line.rank, is_centred=True),
    Column("Mã trên phần mềm", 18, lambda line: line.entry.initiative.shown_code, is_centred=True),
]
BOX = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
LEFT_END = 5
HEADER_ROW = 7
TITLES = {
    False: "DANH SÁCH SÁNG KIẾN ĐƯỢC KHEN THƯỞNG",
    True: "DANH SÁCH SÁNG KIẾN ĐỀ NGHỊ TỔNG LIÊN ĐOÀN BIỂU DƯƠNG",
}


MARKED = {"Điểm", "Hạng"}


def columns_of(lines):
    """Return the columns; those of marks only where the council marked."""
    is_marked = any(line.points or line.rank for line in lines)
    return [column for column in COLUMNS if is_marked or column.header not in MARKED]


def write_list(plan, lines, *, nominated_only=False):
    """Return the bytes of the XLSX list of these Lines."""
    columns = columns_of(lines)
    book = Workbook()
    # The widths of columns are counted in digits of this font.
    book._named_styles["Normal"].font = Font(name=FONT, size=SIZE)
    sheet = book.active
    sheet.title = "Danh sách"
    write_head(sheet, columns, plan, TITLES[nominated_only])
    row = HEADER_ROW + 1
    for line in lines:
        row = write_row(sheet, row, columns, [clean(column.value(line)) for column in columns])
    mark = shown_mark([line.entry for line in lines])
    count = f"Có {len(lines)} sáng kiến. Mã đối chiếu với phần mềm: {mark}"
    put_across(sheet, row + 1, 1, len(columns), count, italic=True)
    print_on_a4(sheet, HEADER_ROW, len(columns), row + 1, f"Mã đối chiếu: {mark}")
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_head(sheet, columns, plan, title):
    head, last = head_of(plan.union), len(columns)
    for row, left, right in ((1, head.parent_line, COUNTRY), (2, head.own_line, MOTTO)):
        put_across(sheet, row, 1, LEFT_END, left, bold=row == 2)
        put_across(sheet, row, LEFT_END + 1, last, right, bold=True)
        fit(sheet, row, [(left, sum(column.width for column in columns[:LEFT_END]), True)])
    put_across(sheet, 4, 1, last, title, bold=True, size=14)
    sheet.row_dimensions[4].height = 24
    put_across(sheet, 5, 1, last, about(plan, publication_of(plan)), italic=True)
    fit(sheet, 5, [(about(plan, publication_of(plan)), sum(column.width for column in columns), False)])
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width
        put(sheet, HEADER_ROW, number, column.header, bold=True, is_centred=True).border = BOX
    fit(sheet, HEADER_ROW, [(column.header, column.width, True) for column in columns])


def about(plan, publication):
    """Return the line below the title: of which decision the list is, or that it is a draft."""
    programme = f"Chương trình “{clean_line(plan.campaign.name)}”"
    if publication is None:
        return f"{programme}. {drafted()}"
    date = shown_date(publication.decision_date)
    return f"{programme}. Kèm theo Quyết định số {publication.decision_number} {date}"
