"""The columns of an exported list: what stands above each, its width in characters, what is read, how it is shown."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Expression, Value
from django.db.models.functions import Coalesce
from django.utils.timezone import get_default_timezone

from initiatives.choices import Block, Field, Status
from initiatives.codes import shown
from initiatives.phones import spoken

HERE = get_default_timezone()
YES_OR_NO = {True: "có", False: "không"}


@dataclass(frozen=True)
class Column:
    """`of` is the field that is read, or an expression; `show` makes of its value what the file says.

    `is_contact`: only for who works with the author, the staff of the author's union or of one above it (R19).
    """

    header: str
    width: int
    of: str | Expression
    show: Callable | None = None
    is_contact: bool = False


def local_second(moment):
    """Return a moment as clocks here show it, without a time zone, which spreadsheets do not know."""
    return moment.astimezone(HERE).replace(tzinfo=None, microsecond=0)


COLUMNS = [
    Column("Mã sáng kiến", 16, "code", shown),
    Column("Tên sáng kiến", 40, "title"),
    Column("Họ tên tác giả", 24, "full_name"),
    Column("Năm sinh", 9, "birth_year", is_contact=True),
    Column("Điện thoại", 14, "phone", lambda phone: phone and spoken(phone), is_contact=True),
    Column("E-mail", 26, "email", is_contact=True),
    Column("Chức vụ, công việc", 22, "job_title"),
    Column("Tập thể đứng tên", 22, "collective"),
    Column("Đồng tác giả", 24, "co_authors"),
    Column("Nơi làm việc", 28, "workplace"),
    Column("Công đoàn", 30, Coalesce("unit__name", "unit_other")),
    Column("Công đoàn cấp trên", 30, Coalesce("branch__name", Value(""))),
    Column("Tỉnh, ngành", 26, "top__name"),
    Column("Khối", 20, "block", dict(Block.choices).get),
    Column("Lĩnh vực", 28, "field", dict(Field.choices).get),
    Column("Mô tả", 60, "description"),
    Column("Bí mật công nghệ", 10, "is_secret", YES_OR_NO.get),
    Column("Hiệu quả", 50, "effect"),
    Column("Giá trị làm lợi (đồng)", 20, "benefit"),
    Column("Bắt đầu áp dụng", 13, "started_on"),
    Column("Nhận lúc", 17, "arrived_at", local_second),
    Column("Trạng thái", 16, "status", dict(Status.choices).get),
    Column("Lý do không đạt", 40, "status_reason"),
]
# Whose contacts somebody may read is asked of these.
WHERE = ["top_id", "branch_id", "unit_id"]


class Reader:
    """What one person reads of the list: which columns, and whose contacts."""

    def __init__(self, user):
        self.unions = {union.pk for union in user.unions_as("STAFF")}
        self.columns = [column for column in COLUMNS if self.unions or not column.is_contact]

    @property
    def fields(self):
        """What is read of each initiative for `values`."""
        return [*WHERE, *(column.of for column in self.columns)]

    def values(self, read):
        """Return what is shown of values read by `fields`, of both a sequence for each column; more is passed by.

        Contacts of who is looked after by others are left empty.
        """
        knows = [not self.unions.isdisjoint(unions) for unions in zip(*read[: len(WHERE)], strict=True)]
        return [
            values_of(column, stored, knows) for column, stored in zip(self.columns, read[len(WHERE) :], strict=False)
        ]


def values_of(column, stored, knows):
    shown = [column.show(value) for value in stored] if column.show else stored
    return [value if known else None for value, known in zip(shown, knows, strict=True)] if column.is_contact else shown
