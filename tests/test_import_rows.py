"""What may stand in a row: which cells are refused and why, which are understood, which union is meant."""

from datetime import date, datetime

import pytest

from accounts.models import Level
from initiatives.import_columns import COLUMNS
from initiatives.import_models import State
from initiatives.models import Initiative
from record.models import Event
from record.verifying import broken_links
from tests.factories import make_alias, make_union
from tests.papers import import_of, paper, upload, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def union():
    return make_union()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("full_name", "", "Hãy ghi họ và tên."),
        ("full_name", "123", "bằng chữ"),
        ("phone", "0241234567", "Hãy ghi số di động"),
        ("birth_year", "85", "bốn chữ số"),
        ("gender", "Con trai", "chọn trong danh sách"),
        ("email", "hoa@", "e-mail"),
        ("block", "Hợp tác xã", "chọn trong danh sách"),
        ("field", "", "Hãy chọn một lĩnh vực."),
        ("unit", "LĐLĐ huyện Không Có", "không có trong danh sách của"),
        ("title", "ệ" * 201, "201/200"),
        ("description", "ệ" * 1001, "1.001/1.000"),
        ("description", "", "Hãy mô tả sáng kiến"),
        ("is_secret", "hỏi lại", "chưa rõ"),
        ("effect", "…", "Hãy ghi hiệu quả"),
        ("benefit", "nhiều", "bằng chữ số"),
        ("started_on", "tháng 2", "Hãy ghi ngày"),
        ("started_on", "01/06/2021", "từ 01/02/2021 đến 31/05/2021"),
        ("co_authors", "Lê Thị Ba 100%", "100%"),
        ("consent", "", "chữ ký đồng ý"),
        ("consent", "Không", "chữ ký đồng ý"),
        ("title", "S¸ng kiÕn c¶i tiÕn kü thuËt", "Sáng kiến cải tiến kỹ thuật"),
    ],
)
def test_a_bad_cell_is_named_with_what_to_do(union, name, value, sentence):
    found = upload(union, workbook([paper(**{"unit": "", name: value})]))

    assert found.state == State.REFUSED
    ((row, cell, column, text),) = found.problems
    assert row == 4
    assert cell.endswith("4")
    assert column == next(column.header for column in COLUMNS if column.name == name)
    assert sentence in text


@pytest.mark.parametrize(
    ("name", "value", "stored"),
    [
        ("phone", 912345678, "+84912345678"),
        ("phone", 912345678.0, "+84912345678"),
        ("phone", "84 912-345-678", "+84912345678"),
        ("birth_year", 1985.0, 1985),
        ("birth_year", " 1985 ", 1985),
        ("started_on", date(2021, 2, 15), date(2021, 2, 15)),
        ("started_on", datetime(2021, 2, 15, 8), date(2021, 2, 15)),
        ("started_on", 44242, date(2021, 2, 15)),
        ("started_on", "15-2-2021", date(2021, 2, 15)),
        ("started_on", "15022021", date(2021, 2, 15)),
        ("benefit", 12000000, 12000000),
        ("benefit", "1,5 tỷ", 1500000000),
        ("full_name", "  Nguyễn   Thị Hoà  ", "Nguyễn Thị Hoà"),
        ("full_name", "Nguye\u0302\u0303n Thi\u0323 Hoa\u0300", "Nguyễn Thị Hoà"),
        ("description", "Một_x000D_\nhai", "Một\nhai"),
        ("gender", "nu", "female"),
        ("block", "hành chính sự nghiệp ", "administrative"),
        ("field", "Vì cộng đồng", "community"),
        ("consent", "x", "2021-03"),
        ("consent", True, "2021-03"),
    ],
)
def test_what_people_type_is_understood(union, name, value, stored):
    import_of(union, [paper(**{name: value})])

    attribute = "consent_version" if name == "consent" else name
    assert getattr(Initiative.objects.get(), attribute) == stored


def test_a_secret_may_leave_out_its_description(union):
    import_of(union, [paper(description="", is_secret="Có")])

    assert Initiative.objects.get().is_secret


# Workplaces


def test_an_empty_unit_is_the_union_of_the_import_and_a_named_one_is_found_below_it(union):
    below = make_union(Level.GRASSROOTS, union, name="CĐCS Công ty May Đại Từ")
    named = ["", "CĐCS Công ty May Đại Từ", "cdcs cong ty may dai tu", below.code]

    import_of(union, [paper(number, unit=unit) for number, unit in enumerate(named)])

    assert [one.unit for one in Initiative.objects.order_by("pk")] == [union, below, below, below]
    assert {one.branch for one in Initiative.objects.all()} == {union}


def test_units_of_one_name_are_told_apart_by_their_code(union):
    first, second = (make_union(Level.GRASSROOTS, union, name="CĐCS Trường Hoa Sen") for _ in range(2))

    assert upload(union, workbook([paper(unit="CĐCS Trường Hoa Sen")])).state == State.REFUSED
    import_of(union, [paper(unit=f"CĐCS Trường Hoa Sen ({second.code})")])

    assert Initiative.objects.get().unit == second != first


@pytest.mark.parametrize("foreign", ["neighbour", "above", "other province"])
def test_a_unit_outside_the_union_is_refused_by_row(union, foreign):
    unit = {
        "neighbour": lambda: make_union(parent=union.parent),
        "above": lambda: union.parent,
        "other province": make_union,
    }[foreign]()

    found = upload(union, workbook([paper(1), paper(2, unit=unit.code)]))

    assert [problem[0] for problem in found.problems] == [5]


def test_only_a_top_union_may_type_a_name_that_is_not_in_the_list(union):
    row = paper(unit="", unit_other="Công đoàn Công ty Mới")

    assert upload(union, workbook([row])).unused == ["Tên công đoàn nếu không có trong danh sách"]
    import_of(union.parent, [row])

    stored = Initiative.objects.get()
    assert (stored.unit, stored.unit_other, stored.top) == (None, "Công đoàn Công ty Mới", union.parent)


def test_a_top_union_must_say_which_unit(union):
    found = upload(union.parent, workbook([paper()]))

    assert "Hãy chọn công đoàn trong danh sách" in found.problems[0][3]


def test_a_template_of_a_union_below_sets_the_workplace(union):
    below = make_union(Level.GRASSROOTS, union)

    import_of(union, [paper()], unit_code=below.code)

    assert Initiative.objects.get().unit == below


def test_a_template_of_another_union_is_refused(union):
    other = make_union()

    found = upload(union, workbook([paper()], unit_code=other.code))

    assert other.code in found.refusal
    assert found.state == State.REFUSED


def test_a_typed_name_that_staff_have_mapped_becomes_the_unit_it_means(union):
    make_alias(name="Công đoàn Công ty Mới", unit=union)
    rows = [paper(number, unit_other=name) for number, name in enumerate(["Công đoàn Công ty Mới", "Công đoàn Lạ"])]

    import_of(union.parent, rows)

    assert [(one.unit, one.branch) for one in Initiative.objects.order_by("pk")] == [(union, union), (None, None)]
    first = Initiative.objects.order_by("pk").first()
    assert [event.deed for event in Event.objects.of(first)] == ["imported", "unit_mapped"]
    assert not list(broken_links())
