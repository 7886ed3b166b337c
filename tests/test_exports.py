"""The staff list as a file: what it shows and no more, text as text, contacts for the right eyes, each on record."""

import csv
import io
from datetime import date, datetime

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Role
from accounts.roles import grant
from initiatives import exporting
from initiatives.exporting import begin, csv_parts
from initiatives.exports import Export
from record.models import Event, PersonalDetail
from tests.factories import IN_TIME, make_board, make_initiative, make_national_user, make_staff, make_union
from tests.pages import signed_in

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


@pytest.mark.parametrize("rows", [1, 4])
def test_a_file_costs_the_same_however_many_rows(unit, staff, django_assert_num_queries, rows):
    for _ in range(rows):
        make_initiative(unit, arrived_at=IN_TIME)
    client = signed_in(staff)

    with django_assert_num_queries(15):
        client.post(reverse("export_initiatives"), {"kind": "csv"}).getvalue()
