"""The summary table (bảng tổng hợp tóm tắt sáng kiến) of a dossier: its columns, and what is printed around them.

The page that shows it and the XLSX file (table_file.py) are both made from `table_of`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from config.text import clean
from dossiers.letterhead import Letterhead, letterhead_of
from dossiers.marks import mark_of

TITLE = "BẢNG TỔNG HỢP TÓM TẮT SÁNG KIẾN"
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True)
class Column:
    """One column: what stands above it, its width in characters, its value, and the entry's field that fills it."""

    header: str
    width: int
    value: Callable
    field: str = ""
    is_centred: bool = False

    @property
    def share(self):
        """Its part of the table's width, as pages write it (no decimal comma): "8.38%"."""
        return f"{self.width / sum(column.width for column in COLUMNS):.2%}"


COLUMNS = [
    Column("STT", 5, lambda entry: str(entry.rank), is_centred=True),
    Column("Họ tên tác giả", 15, lambda entry: entry.authors, "authors"),
    Column("Năm sinh", 6, lambda entry: entry.birth_years, "birth_years", is_centred=True),
    Column("Chức vụ và đơn vị công tác", 15, lambda entry: entry.position, "position"),
    Column("Khối", 9, lambda entry: entry.get_block_display(), "block"),
    Column("Tên sáng kiến", 17, lambda entry: entry.title, "title"),
    Column("Lĩnh vực", 12, lambda entry: entry.get_field_display(), "field"),
    Column("Tóm tắt nội dung", 38, lambda entry: entry.summary, "summary"),
    Column("Thời gian áp dụng", 12, lambda entry: entry.practised, "practised"),
    Column("Hiệu quả và giá trị làm lợi", 35, lambda entry: entry.effect, "effect"),
    Column("Mã trên phần mềm", 15, lambda entry: entry.initiative.shown_code),
]


def rows_of(entries):
    """Return the table's texts, a list of cell texts for each entry, in the order of COLUMNS."""
    return [[clean(column.value(entry)) for column in COLUMNS] for entry in entries]


def table_content(entries):
    """Return what a table says, as JSON: what its mark is of, and what a filing keeps of it."""
    return {"columns": [column.header for column in COLUMNS], "entries": rows_of(entries)}


@dataclass(frozen=True)
class Table:
    """A dossier's table as it is printed."""

    head: Letterhead
    about: str
    rows: list
    mark: str


def table_of(dossier, entries):
    """Return the Table of a dossier with these entries."""
    head, content = letterhead_of(dossier), table_content(entries)
    about = f"(Kèm theo Tờ trình số {head.number} {head.day})"
    return Table(head, about, content["entries"], mark_of(content))
