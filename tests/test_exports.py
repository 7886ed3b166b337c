"""The staff list as a file: what it shows and no more, text as text, contacts for the right eyes, each on record."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django_q.models import OrmQ
from openpyxl import load_workbook

from accounts.models import Role
from accounts.roles import grant
from config import clock
from initiatives import exporting
from initiatives.exporting import begin, begin_later, csv_parts, drop_outdated, write_file
from initiatives.exports import Export
from record.models import Event, PersonalDetail
from tests.factories import IN_TIME, make_board, make_initiative, make_national_user, make_staff, make_union
from tests.pages import says, signed_in, tree

pytestmark = pytest.mark.django_db

HOA = {"email": "hoa@example.vn", "phone": "+84912345678", "birth_year": 1985}
CONTACTS = {"Năm sinh", "Điện thoại", "E-mail"}


@pytest.fixture
def unit():
    return make_union()


@pytest.fixture
def staff(unit):
    return make_staff(unit)


def take(user, kind, query=""):
    return signed_in(user).post(reverse("export_initiatives"), {"kind": kind, "list": query})


def rows_in(response):
    """Return the rows of a file as {header: value}."""
    content = response.getvalue()
    if response["Content-Type"].startswith("text/csv"):
        header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    else:
        header, *rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_file_holds_what_the_list_shows_in_its_order(unit, staff, kind):
    for name, block in (("Lê Yến", "enterprise"), ("Vũ An", "enterprise"), ("Bùi Ân", "administrative")):
        make_initiative(unit, full_name=name, block=block)
    make_initiative(full_name="Người Ngoài")

    response = take(staff, kind, "block=enterprise&order=name")

    assert [row["Họ tên tác giả"] for row in rows_in(response)] == ["Vũ An", "Lê Yến"]
    assert response["Content-Disposition"] == f'attachment; filename="sang-kien-20210401-0800.{kind}"'
    assert "no-store" in response["Cache-Control"]


def test_a_number_is_a_number_a_day_a_day_and_a_moment_local_time(unit, staff):
    initiative = make_initiative(unit, **HOA)

    (row,) = rows_in(take(staff, "xlsx"))
    (line,) = rows_in(take(staff, "csv"))

    assert row["Mã sáng kiến"] == initiative.shown_code
    assert (row["Giá trị làm lợi (đồng)"], row["Năm sinh"]) == (12000000, 1985)
    assert row["Bắt đầu áp dụng"].date() == date(2021, 2, 15)
    assert row["Nhận lúc"] == datetime(2021, 4, 1, 8)
    assert (row["Điện thoại"], row["E-mail"], row["Trạng thái"]) == ("0912 345 678", HOA["email"], "Chờ rà soát")
    assert (line["Bắt đầu áp dụng"], line["Nhận lúc"], line["Năm sinh"]) == ("15/02/2021", "08:00 01/04/2021", "1985")


@pytest.mark.parametrize("text", ["=1+1", "+84", "-cmd|' /C calc'!A0", "@SUM(1)", "#N/A", 'Nói "a, b"\n; c'])
def test_what_people_typed_is_text_in_the_file(unit, staff, text):
    make_initiative(unit, effect=text)

    book = load_workbook(io.BytesIO(take(staff, "xlsx").getvalue()))
    cell = next(cell for row in book.active.iter_rows() for cell in row if cell.value == text)
    (line,) = rows_in(take(staff, "csv"))

    assert cell.data_type == "s"
    assert cell.quotePrefix is (text[0] in "=+-@#")
    assert line["Hiệu quả"] == (f"'{text}" if text[0] in "=+-@" else text)


def test_csv_begins_with_the_mark_that_excel_needs(unit, staff):
    make_initiative(unit)

    assert take(staff, "csv").getvalue().startswith("\ufeffMã sáng kiến,Tên sáng kiến,".encode())


# Whose contacts


@pytest.mark.parametrize("make", [lambda top: make_board(top), lambda top: make_national_user()])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_board_and_national_staff_take_no_contacts_away(unit, make, kind):
    make_initiative(unit, **HOA)

    response = take(make(unit.parent), kind)

    (row,) = rows_in(response)
    assert not CONTACTS & set(row)
    assert HOA["email"] not in str(row)


def test_who_is_staff_here_and_board_there_takes_the_contacts_of_the_own_union(unit):
    foreign = make_union()
    user = make_board(foreign.parent)
    grant(user, unit, Role.STAFF)
    make_initiative(foreign, **HOA)
    make_initiative(unit, **HOA)

    own, others = rows_in(take(user, "csv"))

    assert own["E-mail"] == HOA["email"]
    assert {others[name] for name in CONTACTS} == {""}


# On record


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_who_took_what_and_how_many_rows_is_on_record(unit, staff, kind):
    make_initiative(unit, full_name="Lê An")
    take(staff, kind, "q=le+an&x=1").getvalue()

    begun, done = Event.objects.of(Export.objects.get())
    assert (begun.deed, begun.by, begun.after) == ("export_begun", staff, {"kind": kind, "contacts": True})
    assert PersonalDetail.objects.get(event=begun).after == {"query": "q=le+an"}
    assert (done.deed, done.after) == ("exported", {"rows": 1, "state": "DONE"})


def test_a_download_that_is_broken_off_is_on_record_too(unit, staff, monkeypatch):
    monkeypatch.setattr(exporting, "EXPORT_CHUNK", 1)
    for _ in range(3):
        make_initiative(unit)

    parts = csv_parts(begin(staff, "csv", ""))
    for _ in ("headers", "one row"):
        next(parts)
    parts.close()  # as the server does with what it streams

    assert Event.objects.of(Export.objects.get()).last().after == {"rows": 1, "state": "FAILED"}


# Long lists


@pytest.fixture
def long(unit, monkeypatch):
    """A list that is long for its limits."""
    monkeypatch.setattr(exporting, "EXPORTED_AT_ONCE", 2)
    monkeypatch.setattr(exporting, "EXPORT_CHUNK", 2)
    return [make_initiative(unit, title=f"Việc {number}") for number in range(5)]


@pytest.mark.parametrize(("number", "waits"), [(1, False), (2, False), (3, True)])
def test_a_short_list_comes_at_once_and_a_long_one_from_the_queue(unit, staff, monkeypatch, number, waits):
    monkeypatch.setattr(exporting, "EXPORTED_AT_ONCE", 2)
    for _ in range(number):
        make_initiative(unit)

    assert take(staff, "xlsx").status_code == (302 if waits else 200)
    assert OrmQ.objects.count() == waits
    assert take(staff, "csv").status_code == 200


def test_the_progress_page_comes_again_until_the_file_is_there(staff, long):
    client, address = signed_in(staff), take(staff, "xlsx")["Location"]

    waiting = client.get(address)
    Export.objects.update(rows=2, total=5)
    halfway = client.get(address)
    write_file(Export.objects.get().pk)
    done = client.get(address)

    assert (waiting["Refresh"], halfway["Refresh"]) == ("3", "3")
    assert "Đã ghi 2 trong 5 dòng" in says(halfway)
    assert "Refresh" not in done
    assert "Tệp có 5 dòng, giữ đến 08:00 02/04/2021" in says(done)
    (link,) = tree(done).xpath("//main//a[contains(@class, 'btn')]/@href")
    assert [row["Tên sáng kiến"] for row in rows_in(client.get(link))] == [f"Việc {at}" for at in reversed(range(5))]


def test_a_file_is_its_makers_alone(unit, staff, long):
    export = begin_later(staff, "")
    write_file(export.pk)

    for other in (make_staff(unit), make_staff(unit.parent), make_national_user()):
        for page in ("export", "export_file"):
            assert signed_in(other).get(reverse(page, args=[export.pk])).status_code == 404
    assert signed_in(staff).get(reverse("export_file", args=[export.pk])).getvalue()


def test_asking_twice_for_the_same_list_writes_one_file(staff, long):
    assert (
        take(staff, "xlsx")["Location"] == take(staff, "xlsx")["Location"] != take(staff, "xlsx", "q=viec")["Location"]
    )
    assert OrmQ.objects.count() == 2


def test_a_task_that_runs_again_after_a_crash_begins_anew_and_a_finished_one_is_left(staff, long):
    export = begin_later(staff, "")
    Export.objects.update(rows=4)

    for _ in range(2):
        write_file(export.pk)

    export.refresh_from_db()
    assert (export.rows, export.total, export.state) == (5, 5, "DONE")
    assert Event.objects.of(export).count() == 2


@pytest.mark.parametrize(("most", "state"), [(6, "DONE"), (5, "DONE"), (4, "TOO_LONG")])
def test_a_list_too_long_for_excel_is_told_what_to_do(staff, long, monkeypatch, most, state):
    monkeypatch.setattr(exporting, "MOST_IN_XLSX", most)
    export = begin_later(staff, "")

    write_file(export.pk)

    page = signed_in(staff).get(export.get_absolute_url())
    assert ("Danh sách có 5 dòng" in says(page)) is (state == "TOO_LONG")
    export.refresh_from_db()
    assert (export.state, bool(export.file)) == (state, state == "DONE")


def test_a_file_that_cannot_be_written_is_told(staff, long, monkeypatch, caplog):
    export = begin_later(staff, "")
    monkeypatch.setattr(exporting, "Workbook", None)

    write_file(export.pk)

    page = signed_in(staff).get(export.get_absolute_url())
    assert "Không ghi được tệp này" in says(page)
    assert "failed" in caplog.text
    assert signed_in(staff).get(reverse("export_file", args=[export.pk])).status_code == 404


def test_rights_that_were_taken_away_meanwhile_count(staff, long):
    export = begin_later(staff, "")
    staff.memberships.all().delete()

    write_file(export.pk)

    export.refresh_from_db()
    assert export.rows == 0


@pytest.mark.parametrize(("hours", "left"), [(23.9, 1), (24, 0)])
def test_after_a_day_the_file_is_gone_and_the_record_stays(staff, long, hours, left):
    export = begin_later(staff, "")
    write_file(export.pk)
    export.refresh_from_db()
    Export.objects.update(asked_at=clock.now() - timedelta(hours=hours))

    drop_outdated()

    assert Export.objects.count() == left
    assert default_storage.exists(export.file.name) is bool(left)
    assert Event.objects.of(export).count() == 2


@pytest.mark.parametrize("rows", [1, 4])
def test_a_file_costs_the_same_however_many_rows(unit, staff, django_assert_num_queries, rows):
    for _ in range(rows):
        make_initiative(unit, arrived_at=IN_TIME)
    client = signed_in(staff)

    with django_assert_num_queries(15):
        client.post(reverse("export_initiatives"), {"kind": "csv"}).getvalue()
