"""The columns of the workbook in which staff type what stands on paper forms, and how a row becomes a form's values."""

import functools
import itertools
import re
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import from_excel

from config.text import clean_line, fold
from initiatives.import_reading import ROWS_ABOVE
from initiatives.models import Block, Field, Gender

YES = {"co", "x", "v", "roi", "da ky", "1", "true", "yes"}
NO = {"", "khong", "chua", "0", "false", "no"}
UNIT_CODE = "Mã đơn vị"
PREFIX_SHORTEST = 4
# Days of February to May 2021 are about 44,240 days after Excel's first; a day without its format reads like that.
SERIAL_DAY = re.compile(r"[3-6]\d{4}")


@dataclass(frozen=True)
class Column:
    """One column: the form's field, its header, a note for whoever fills it in, examples, width, what may be chosen."""

    name: str
    header: str
    note: str
    examples: tuple
    width: int = 18
    is_needed: bool = False
    choices: dict = field(default_factory=dict)
    is_yes: bool = False

    @property
    def shown_header(self):
        return f"{self.header} *" if self.is_needed else self.header


def labels(choices):
    return {label: value for value, label in choices.choices}


UNIT = Column("unit", "Công đoàn cấp trên", "Chọn trong danh sách. Để trống thì là công đoàn của tệp.", ("", ""), 30)
UNIT_OTHER = Column(
    "unit_other",
    "Tên công đoàn nếu không có trong danh sách",
    "Chỉ ghi khi không thấy công đoàn trong danh sách.",
    ("", ""),
    30,
)
COLUMNS = [
    Column("full_name", "Họ và tên", "Họ tên tác giả chính, có dấu.", ("Nguyễn Văn An", "Trần Thị Bình"), 24, True),
    Column(
        "phone",
        "Số điện thoại",
        "Số di động của tác giả, ví dụ 0912 345 678.",
        ("0912 345 678", "0987654321"),
        16,
        True,
    ),
    Column(
        "job_title", "Chức vụ, công việc", "Ví dụ công nhân hàn, giáo viên.", ("Công nhân hàn", "Giáo viên"), 20, True
    ),
    Column("birth_year", "Năm sinh", "Bốn chữ số. Có thể để trống.", ("1985", ""), 10),
    Column("gender", "Giới tính", "Chọn trong danh sách. Có thể để trống.", ("Nam", "Nữ"), 10, choices=labels(Gender)),
    Column("email", "E-mail", "Có thể để trống. Nếu có, đường dẫn riêng sẽ gửi tới đây.", ("", "binh@example.vn"), 24),
    Column("collective", "Tập thể đứng tên", "Ghi khi nhóm, tổ đứng tên. Có thể để trống.", ("Tổ hàn số 2", ""), 22),
    Column(
        "co_authors",
        "Đồng tác giả",
        "Mỗi người một dòng trong ô (Alt+Enter), có thể thêm phần đóng góp: Lê Thị Ba 30%. Có thể để trống.",
        ("Lê Văn Ba 30%", ""),
        24,
    ),
    UNIT,
    UNIT_OTHER,
    Column(
        "workplace",
        "Nơi làm việc",
        "Tên công ty, trường học, cơ quan, phân xưởng.",
        ("Xưởng cơ khí số 1", "Trường Tiểu học Hoa Sen"),
        28,
        True,
    ),
    Column(
        "block",
        "Khối",
        "Chọn trong danh sách.",
        (Block.ENTERPRISE.label, Block.ADMINISTRATIVE.label),
        20,
        True,
        labels(Block),
    ),
    Column(
        "field",
        "Lĩnh vực",
        "Chọn trong danh sách.",
        (Field.PRODUCTION.label, Field.COMMUNITY.label),
        30,
        True,
        labels(Field),
    ),
    Column(
        "title",
        "Tên sáng kiến",
        "Một dòng, tối đa 200 ký tự.",
        ("Cải tiến gá hàn ống", "Bộ thẻ học chữ từ bìa cũ"),
        36,
        True,
    ),
    Column(
        "description",
        "Mô tả sáng kiến",
        "Trước đây thế nào, đã thay đổi gì. Tối đa 1.000 ký tự. Chỉ để trống khi là bí mật công nghệ.",
        (
            "Trước đây hàn từng ống. Gá mới kẹp hai ống một lần.",
            "Cắt bìa cũ thành thẻ chữ, học sinh ghép vần theo nhóm.",
        ),
        60,
    ),
    Column(
        "is_secret",
        "Bí mật công nghệ",
        "Ghi Có khi tác giả không mô tả vì bí mật công nghệ.",
        ("", ""),
        12,
        is_yes=True,
    ),
    Column(
        "effect",
        "Hiệu quả",
        "Kết quả sau khi áp dụng. Tối đa 1.000 ký tự.",
        ("Nhanh gấp đôi, đỡ hỏng mối hàn.", "Học sinh nhớ chữ nhanh hơn."),
        40,
        True,
    ),
    Column(
        "benefit",
        "Giá trị làm lợi một năm (đồng)",
        "Ví dụ 12.000.000 hoặc 12 triệu. Có thể để trống.",
        ("12.000.000", ""),
        18,
    ),
    Column(
        "started_on",
        "Ngày bắt đầu áp dụng",
        "Ngày/tháng/năm, ví dụ 15/02/2021.",
        ("15/02/2021", "01/03/2021"),
        16,
        True,
    ),
    Column(
        "consent",
        "Đã ký đồng ý trên giấy",
        "Ghi Có khi phiếu giấy có chữ ký đồng ý của tác giả.",
        ("Có", "Có"),
        14,
        True,
        is_yes=True,
    ),
]


def columns_for(union):
    """Return the columns for imports of a union: only a top one maps names that are not in the list."""
    return [column for column in COLUMNS if column is not UNIT_OTHER or union.level == "TOP"]


@functools.lru_cache(2048)  # the same few headers and choices stand in all rows
def plain(text):
    """Return a header or a choice without case, marks, stars and what stands in brackets."""
    return fold(re.sub(r"\(.*?\)|[*:_]", " ", text or ""))


@dataclass
class Header:
    """Where each column stands: its row, {field name: place}, what is not used, the union's code written above."""

    row: int
    places: dict
    unused: list
    unit_code: str = ""

    def cell(self, name, row):
        return f"{get_column_letter(self.places[name] + 1)}{row}" if name in self.places else ""


def header_of(rows, columns):
    """Return the Header, which is the row among the first ones that names most columns; None when none does."""
    known = {plain(column.header): column.name for column in columns}
    best = max(rows[:ROWS_ABOVE], key=lambda row: sum(plain(text) in known for text in row[1]), default=None)
    if best is None or not any(plain(text) in known for text in best[1]):
        return None
    number, texts = best
    places, unused = {}, []
    for place, text in enumerate(texts):
        name = known.get(plain(text))
        if name and name not in places:
            places[name] = place
        elif text:
            unused.append(clean_line(text))
    return Header(number, places, unused, code_above(row for row in rows if row[0] < number))


def code_above(rows):
    """Return what stands beside "Mã đơn vị" above the header, or nothing."""
    for _, texts in rows:
        for label, code in itertools.pairwise(texts):
            if plain(label) == plain(UNIT_CODE):
                return clean_line(code or "")
    return ""


def form_value(column, text):
    """Return what a browser would send for what stands in a cell; the form refuses what makes no sense."""
    if column.is_yes:
        return yes(text)
    if column.choices:
        return chosen(column.choices, text)
    if column.name == "started_on" and SERIAL_DAY.fullmatch(text.strip()):
        return f"{from_excel(int(text)):%d/%m/%Y}"
    return text


def yes(text):
    """Return "on" for a yes, nothing for a no, None for neither."""
    word = fold(text)
    return "on" if word in YES else "" if word in NO else None


def chosen(choices, text):
    """Return the value whose label this is, or the one label that begins so."""
    word = plain(text)
    found = [value for label, value in choices.items() if plain(label) == word]
    if not found and len(word) >= PREFIX_SHORTEST:
        found = [value for label, value in choices.items() if plain(label).startswith(word)]
    return found[0] if len(found) == 1 else text
