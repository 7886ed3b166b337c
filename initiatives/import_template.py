"""The workbooks that staff get for paper forms: the one to fill in, and the one with the codes to hand out."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from config.spreadsheets import write_text
from config.text import clean_line
from initiatives.import_columns import UNIT_CODE, columns_for
from initiatives.import_reading import MOST_ROWS, SHEET
from initiatives.paper_form import Places

HEADER_ROW = 3
LISTS = "Danh mục"
TEXT_FORMAT = "@"  # Excel then leaves days, zeros in front and long numbers as they were typed
HEADER_FONT, HEADER_FILL = Font(bold=True, color="FFFFFF"), PatternFill("solid", fgColor="0A4D8C")
TOP = Alignment(wrap_text=True, vertical="top")
HOW = [
    "Mỗi sáng kiến một dòng, bắt đầu ngay dưới dòng tiêu đề của trang “Nhập liệu”. Trang “Ví dụ” chỉ để xem.",
    "Cột có dấu * phải ghi. Không đổi tên cột; đổi thứ tự cột hoặc bỏ cột không có dấu * thì được.",
    "Không dùng công thức, không gộp ô. Dòng bị ẩn vẫn được nhập.",
    "Tác giả là người lao động ghi trên phiếu giấy. Công đoàn giữ phiếu giấy có chữ ký.",
    "Khi tải lên, trang web kiểm tra và chỉ rõ từng ô cần sửa. Chưa lưu gì cho tới khi bạn xác nhận.",
]


def template_for(union, campaign):
    """Return the bytes of the workbook to fill in for a union, with its own lists."""
    book, columns = Workbook(), columns_for(union)
    sheet = book.active
    sheet.title = SHEET
    line(sheet, 1, [f"Nhập sáng kiến từ phiếu giấy – {campaign.name}"])
    sheet["A1"].font = Font(bold=True, size=14)
    line(sheet, 2, [f"{UNIT_CODE}:", union.code, union.name])
    headers(sheet, HEADER_ROW, columns)
    sheet.freeze_panes = sheet.cell(HEADER_ROW + 1, 2)
    lists = book.create_sheet(LISTS)
    lists.sheet_state = "hidden"
    for number, column in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].number_format = TEXT_FORMAT
        sheet.add_data_validation(validation(column, get_column_letter(number), list_of(column, union), lists, number))
    example = book.create_sheet("Ví dụ")
    line(example, 1, ["Chỉ để xem: trang này không được nhập."])
    headers(example, HEADER_ROW, columns)
    for at in (0, 1):
        line(example, HEADER_ROW + 1 + at, [column.examples[at] for column in columns])
    notes(book.create_sheet("Hướng dẫn"), columns)
    return bytes_of(book)


def list_of(column, union):
    if column.name == "unit":
        places = Places(union)
        return [places.written(unit) for unit in places.units]
    return ["Có"] if column.is_yes else list(column.choices)


def validation(column, letter, values, lists, place):
    """Return the column's rule: its note when a cell is picked, its list where it has one."""
    rule = DataValidation(
        allow_blank=True, showInputMessage=True, promptTitle=column.header[:32], prompt=column.note[:255]
    )
    if values:
        for at, value in enumerate(values, start=1):
            write_text(lists.cell(at, place), value)
        source = get_column_letter(place)
        rule.type, rule.formula1 = "list", f"'{LISTS}'!${source}$1:${source}${len(values)}"
        rule.showErrorMessage, rule.errorTitle, rule.error = True, column.header[:32], "Hãy chọn trong danh sách."
    rule.add(f"{letter}{HEADER_ROW + 1}:{letter}{HEADER_ROW + MOST_ROWS}")
    return rule


def headers(sheet, row, columns):
    line(sheet, row, [column.shown_header for column in columns])
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(row, number)
        cell.font, cell.fill = HEADER_FONT, HEADER_FILL
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.row_dimensions[row].height = 48


def notes(sheet, columns):
    for number, sentence in enumerate(HOW, start=1):
        write_text(sheet.cell(number, 1), sentence)
    start = len(HOW) + 2
    line(sheet, start, ["Cột", "Phải ghi", "Cách ghi", "Ví dụ"])
    for cell in sheet[start]:
        cell.font, cell.fill = HEADER_FONT, HEADER_FILL
    for number, column in enumerate(columns, start=start + 1):
        needed = "Có" if column.is_needed else ""
        line(sheet, number, [column.header, needed, column.note, next(filter(None, column.examples), "")])
    for letter, width in zip("ABCD", (36, 10, 70, 50), strict=True):
        sheet.column_dimensions[letter].width = width


def codes_of(found):
    """Return the bytes of the workbook with the code of each initiative that an import stored, to hand out."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Mã sáng kiến"
    line(sheet, 1, ["Dòng trong tệp", "Họ và tên", "Nơi làm việc", "Tên sáng kiến", "Mã sáng kiến"])
    for cell in sheet[1]:
        cell.font, cell.fill = HEADER_FONT, HEADER_FILL
    for letter, width in zip("ABCDE", (9, 26, 30, 50, 20), strict=True):
        sheet.column_dimensions[letter].width = width
    for number, row in enumerate(found.stored.select_related("initiative").order_by("number"), start=2):
        one = row.initiative
        line(sheet, number, [str(row.number), one.full_name, one.workplace, one.title, one.shown_code])
    sheet.freeze_panes = "A2"
    return bytes_of(book)


def line(sheet, row, texts):
    for number, text in enumerate(texts, start=1):
        if text:
            write_text(sheet.cell(row, number), clean_line(text)).alignment = TOP


def bytes_of(book):
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()
