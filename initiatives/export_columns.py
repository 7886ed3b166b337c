"""The columns of an exported list: what stands above each, its width in characters, its value."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.timezone import localtime


@dataclass(frozen=True)
class Column:
    """`is_contact`: only for who works with the author, the staff of the author's union or of one above it (R19)."""

    header: str
    width: int
    value: Callable
    is_contact: bool = False


COLUMNS = [
    Column("Mã sáng kiến", 16, lambda initiative: initiative.shown_code),
    Column("Tên sáng kiến", 40, lambda initiative: initiative.title),
    Column("Họ tên tác giả", 24, lambda initiative: initiative.full_name),
    Column("Năm sinh", 9, lambda initiative: initiative.birth_year, is_contact=True),
    Column("Điện thoại", 14, lambda initiative: initiative.shown_phone, is_contact=True),
    Column("E-mail", 26, lambda initiative: initiative.email, is_contact=True),
    Column("Chức vụ, công việc", 22, lambda initiative: initiative.job_title),
    Column("Tập thể đứng tên", 22, lambda initiative: initiative.collective),
    Column("Đồng tác giả", 24, lambda initiative: initiative.co_authors),
    Column("Nơi làm việc", 28, lambda initiative: initiative.workplace),
    Column("Công đoàn", 30, lambda initiative: initiative.unit_name),
    Column("Công đoàn cấp trên", 30, lambda initiative: initiative.branch.name if initiative.branch else ""),
    Column("Tỉnh, ngành", 26, lambda initiative: initiative.top.name),
    Column("Khối", 20, lambda initiative: initiative.get_block_display()),
    Column("Lĩnh vực", 28, lambda initiative: initiative.get_field_display()),
    Column("Mô tả", 60, lambda initiative: initiative.description),
    Column("Bí mật công nghệ", 10, lambda initiative: "có" if initiative.is_secret else "không"),
    Column("Hiệu quả", 50, lambda initiative: initiative.effect),
    Column("Giá trị làm lợi (đồng)", 20, lambda initiative: initiative.benefit),
    Column("Bắt đầu áp dụng", 13, lambda initiative: initiative.started_on),
    Column("Nhận lúc", 17, lambda initiative: localtime(initiative.arrived_at).replace(tzinfo=None, microsecond=0)),
    Column("Trạng thái", 16, lambda initiative: initiative.get_status_display()),
    Column("Lý do không đạt", 40, lambda initiative: initiative.status_reason),
]


class Reader:
    """What one person reads of the list: which columns, and whose contacts."""

    def __init__(self, user):
        self.unions = {union.pk for union in user.unions_as("STAFF")}
        self.columns = [column for column in COLUMNS if self.unions or not column.is_contact]

    def row(self, initiative):
        """Return the values of an initiative; contacts of who is looked after by others are left empty."""
        knows = not self.unions.isdisjoint({initiative.top_id, initiative.branch_id, initiative.unit_id})
        return [column.value(initiative) if knows or not column.is_contact else None for column in self.columns]
