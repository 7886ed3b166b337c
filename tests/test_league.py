"""The league table: places, and finding a union by any name that people know it by."""

import pytest

from accounts.models import Level, Union
from accounts.reference import create_province, rows
from initiatives.league import found, placed


def row_of(union):
    return {"name": union.plain_name, "union": union.name, "short_name": union.short_name}


@pytest.fixture(scope="module")
def tops():
    """All 83 as the figures name them, made from the reference tables."""
    sectors = [
        Union(name=row["name"], short_name=row["short_name"], is_sector=True, level=Level.TOP)
        for row in rows("sector_unions.csv")
    ]
    provinces = [
        Union(name=f"LĐLĐ {row['type'].lower()} {row['short_name']}", short_name=row["short_name"], level=Level.TOP)
        for row in rows("provinces.csv")
    ]
    return [row_of(union) for union in [*provinces, *sectors]]


@pytest.mark.django_db
def test_the_names_tried_here_are_those_of_the_reference_data(tops):
    national = Union.objects.create(code="TLD", name="Tổng Liên đoàn", short_name="TLĐ", level=Level.NATIONAL)

    assert row_of(create_province(rows("provinces.csv")[0], national)) == tops[0]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ha nam", ["Hà Nam"]),
        ("  THÁI   nguyên ", ["Thái Nguyên"]),
        ("ba ria vung tau", ["Bà Rịa - Vũng Tàu"]),
        ("BR-VT", ["Bà Rịa - Vũng Tàu"]),
        ("tp.hcm", ["Hồ Chí Minh"]),
        ("TP. Hồ Chí Minh", ["Hồ Chí Minh"]),
        ("thành phố hồ chí minh", ["Hồ Chí Minh"]),
        ("hcm", ["Hồ Chí Minh"]),
        ("TN", ["Tây Ninh", "Thái Nguyên"]),
        ("đa nang", ["Đà Nẵng"]),
        ("hue", ["Thừa Thiên Huế"]),
        ("nguyen thai", ["Thái Nguyên"]),
        ("CĐ GDVN", ["Giáo dục"]),
        ("giáo dục", ["Giáo dục"]),
        ("Công đoàn Y tế Việt Nam", ["Y tế"]),
        ("nn&ptnt", ["Nông nghiệp và Phát triển nông thôn"]),
        ("không đâu", []),
        ("<zz>", []),
    ],
)
def test_a_union_is_found_by_any_of_its_names(tops, text, names):
    assert sorted(row["name"] for row in found(tops, text)) == sorted(names)


@pytest.mark.parametrize("text", ["", " ", "-", "\u200b"])
def test_a_text_without_a_word_finds_all(tops, text):
    assert found(tops, text) == tops
    assert len(tops) == 83


@pytest.mark.parametrize(
    ("counts", "places"),
    [([], []), ([5], [1]), ([9, 7, 7, 3], [1, 2, 2, 4]), ([0, 0, 0], [1, 1, 1])],
)
def test_equal_numbers_share_a_place(counts, places):
    assert [row["place"] for row in placed([{"count": count} for count in counts])] == places
