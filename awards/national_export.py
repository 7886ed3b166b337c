"""The nominations of all federations as an Excel file."""

import io
from collections.abc import Callable
from typing import NamedTuple

from django.db import transaction
from django.utils.timezone import localtime

from awards.honours import locked_campaign
from awards.limits import READ_AT_ONCE
from awards.models import Honour
from config import clock
from config.long_workbook import LongWorkbook
from record.writing import write


class Column(NamedTuple):
    header: str
    width: int
    value: Callable


COLUMNS = [
    Column("Tỉnh, ngành", 30, lambda award, honour: award.plan.union.name),
    Column("Tên sáng kiến", 44, lambda award, honour: award.entry.title),
    Column("Tác giả", 30, lambda award, honour: award.entry.authors),
    Column("Chức vụ và đơn vị công tác", 36, lambda award, honour: award.entry.position),
    Column("Công đoàn đề nghị", 30, lambda award, honour: award.entry.dossier.union.name),
    Column("Khối", 20, lambda award, honour: award.entry.get_block_display()),
    Column("Lĩnh vực", 30, lambda award, honour: award.entry.get_field_display()),
    Column("Tóm tắt nội dung", 60, lambda award, honour: award.entry.summary),
    Column("Thời gian áp dụng", 20, lambda award, honour: award.entry.practised),
    Column("Hiệu quả và giá trị làm lợi", 50, lambda award, honour: award.entry.effect),
    Column("Quyết định của tỉnh, ngành", 30, lambda award, honour: str(award.plan.publication)),
    Column("Biểu dương toàn quốc", 30, lambda award, honour: said_of(honour)),
    Column("Mã trên phần mềm", 18, lambda award, honour: award.entry.initiative.shown_code),
]


def said_of(honour):
    if honour is None:
        return ""
    return str(honour.decision) if honour.decision else "Đã đánh dấu, chưa công bố"


def with_details(awards):
    """Return awards with what lists and files say of them."""
    return awards.select_related(
        "entry__initiative", "entry__dossier__union", "plan__union", "plan__publication"
    ).order_by("plan_id", "pk")


def honours_of(awards):
    """Return {entry: its standing Honour} of these awards."""
    entries = [award.entry_id for award in awards]
    honours = Honour.objects.standing().filter(award__entry__in=entries).select_related("award", "decision")
    return {honour.award.entry_id: honour for honour in honours}


def nominations_book(campaign, filters, *, by):
    """Return (file name, the bytes of an XLSX file) of what these filters show, and put on record that it was taken."""
    target, rows = io.BytesIO(), 0
    with LongWorkbook(target, "Danh sách", COLUMNS) as book:
        for chunk in chunks_of(with_details(filters.rows())):
            honours, rows = honours_of(chunk), rows + len(chunk)
            book.write([[column.value(award, honours.get(award.entry_id)) for column in COLUMNS] for award in chunk])
    with transaction.atomic():
        after = {"query": filters.query(), "rows": rows}
        write(locked_campaign(campaign), "nominations_exported", by=by, after=after)
    return f"de-nghi-bieu-duong-{localtime(clock.now()):%Y%m%d-%H%M}.xlsx", target.getvalue()


def chunks_of(awards):
    """Yield awards, sorted by plan, in lists."""
    at = 0
    while chunk := list(awards[at : at + READ_AT_ONCE]):
        yield chunk
        at += READ_AT_ONCE
