"""What tests of the import fill in: rows as staff type them, workbooks of them, and the queue that works on them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.module_loading import import_string
from django_q.models import OrmQ
from openpyxl import Workbook

from initiatives import importing
from initiatives.import_columns import COLUMNS, UNIT_CODE
from initiatives.import_reading import SHEET
from initiatives.models import Campaign
from tests.factories import IN_TIME, make_campaign, make_staff

HEADERS = {column.name: column.shown_header for column in COLUMNS}
HEADER_ROW = 3


def paper(number=1, **values):
    """One row by the names of the form's fields: what stands in its cells."""
    return {
        "full_name": f"Nguyễn Thị Hoà {number}",
        "phone": "0912 345 678",
        "job_title": "Công nhân may",
        "birth_year": "1985",
        "gender": "Nữ",
        "workplace": "Xưởng may số 2",
        "block": "Doanh nghiệp",
        "field": "Sản xuất có giá trị làm lợi cao",
        "title": "Cải tiến bàn cắt vải",
        "description": "Gắn thêm thước và kẹp.\nCắt một lần được nhiều lớp vải.",
        "effect": "Giảm một nửa thời gian cắt.",
        "benefit": "12.000.000",
        "started_on": "15/02/2021",
        "consent": "Có",
    } | values


def book_of(rows, *, unit_code="", headers=None):
    """A workbook (openpyxl) like the filled template; `headers` lists the fields' names in another order."""
    book = Workbook()
    sheet = book.active
    sheet.title = SHEET
    if unit_code:
        sheet["A2"], sheet["B2"] = f"{UNIT_CODE}:", unit_code
    names = headers or [name for name in HEADERS if any(name in row for row in rows)] or list(paper())
    for place, name in enumerate(names, start=1):
        sheet.cell(HEADER_ROW, place, HEADERS.get(name, name))
    for number, row in enumerate(rows, start=HEADER_ROW + 1):
        for place, name in enumerate(names, start=1):
            if row.get(name) is not None:
                sheet.cell(number, place, row[name])
    return book


def content_of(book):
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def workbook(rows, **how):
    return content_of(book_of(rows, **how))


def upload(union, content, *, by=None, arrived_at=IN_TIME, name="phiếu giấy.xlsx"):
    """An import of this union, uploaded and checked."""
    campaign = Campaign.objects.running().first() or make_campaign()
    file = SimpleUploadedFile(name, content)
    found = importing.upload(union, campaign, file, by=by or make_staff(union), arrived_at=arrived_at)
    run_queue()
    found.refresh_from_db()
    return found


def import_of(union, rows, *, by=None, arrived_at=IN_TIME, **how):
    """An import of these rows, checked, confirmed and stored."""
    found = upload(union, workbook(rows, **how), by=by)
    assert (found.refusal, found.problems) == ("", [])
    importing.confirm(found, by=by or found.by, arrived_at=arrived_at)
    run_queue()
    found.refresh_from_db()
    return found


def run_queue():
    """Do what waits in the queue, as its worker does."""
    for waiting in OrmQ.objects.all():
        task = waiting.task
        import_string(task["func"])(*task["args"])
        waiting.delete()
