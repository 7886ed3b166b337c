"""The pictures of the statistics: well-formed, silent, and true to the figures they are drawn from."""

import re
from datetime import date, timedelta

import pytest
from django.utils.timezone import localtime
from lxml import etree

from accounts.reference import rows as reference_rows
from initiatives import captions, charts, pictures, province_map
from initiatives.models import Block, Campaign, Field
from initiatives.statistics import peak_of
from tests.conftest import moment

pytestmark = pytest.mark.once

CAMPAIGN = Campaign(opens_at=moment("2021-03-10 00:00"), closes_at=moment("2021-04-21 00:00"))
CODES = [row["code"] for row in reference_rows("provinces.csv")]
NAMES = {row["code"]: row["short_name"] for row in reference_rows("provinces.csv")}


def figures(days=(), provinces=(), parts=(0, 0, 0, 0, 0)):
    """Return figures with these numbers of the first days, provinces, and fields (the first two also of blocks)."""
    by_day = [
        {"day": (date(2021, 3, 10) + timedelta(number)).isoformat(), "count": count}
        for number, count in enumerate(days)
        if count
    ]
    provinces = dict(zip(CODES, provinces, strict=False))
    tops = [{"code": code, "name": NAMES[code], "is_sector": False, "count": provinces.get(code, 0)} for code in CODES]
    tops.append({"code": "CN01", "name": "Giáo dục", "is_sector": True, "count": 999})
    return {
        "total": sum(days) or sum(parts),
        "counted_at": "2021-04-30T08:00:00+07:00",
        "by_day": by_day,
        "peak": peak_of(by_day),
        "by_field": part(Field, parts),
        "by_block": part(Block, parts),
        "by_top": sorted(tops, key=lambda top: -top["count"]),
    }


def part(choices, counts):
    rows = zip(choices.choices, counts, strict=False)
    return [{"code": code, "name": name, "count": count} for (code, name), count in rows]


SCENES = {
    "nothing": figures(),
    "one": figures([1], [1], [1, 0, 0, 0, 0]),
    "many": figures(range(0, 420, 10), range(0, 63_000, 1000), [81_234, 2_340, 17_800, 40_210, 0]),
}


def drawn(name, of, campaign=CAMPAIGN):
    return etree.fromstring(pictures.OF_CAMPAIGN[name].draw(of, campaign))


def tag(element):
    return etree.QName(element).localname


def texts(svg):
    return ["".join(element.itertext()) for element in svg.iter() if tag(element) in ("text", "tspan")]


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("name", pictures.OF_CAMPAIGN)
def test_a_picture_has_its_size_and_neither_script_nor_anything_from_elsewhere(name, scene):
    svg = drawn(name, SCENES[scene])
    picture = pictures.OF_CAMPAIGN[name]
    written = etree.tostring(svg, encoding="unicode")

    assert (svg.get("width"), svg.get("height")) == (str(picture.width), str(picture.height))
    assert {tag(element) for element in svg.iter()} <= {
        "svg", "g", "defs", "style", "title", "rect", "text", "tspan", "path", "line", "circle",
    }  # fmt: skip
    assert not svg.xpath("//@href | //@*[local-name() = 'href'] | //@*[starts-with(name(), 'on')]")
    assert set(re.findall(r"https?:[^\"'\s]+", written)) == {
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink",
    }  # fmt: skip
    assert not re.search(r"@import|url\(|<!--", written)


# By day


def columns(svg):
    """Return [(x, height, series)] of the columns that stand on the axis, from left to right."""
    found = svg.xpath("//*[local-name() = 'g' and contains(@class, 'plot')]//*[contains(@class, 'serie-')]")
    bars = [
        (float(bar.get("x")), float(bar.get("height")), int(re.search(r"serie-(\d)", series.get("class"))[1]))
        for series in found
        for bar in series.iter()
        if tag(bar) == "rect" and float(bar.get("height") or 0)
    ]
    return sorted(bars)


def test_each_day_has_its_column_and_the_days_of_the_peak_are_marked():
    counts = [2, 0, 6, 8, 4]

    found = columns(drawn("by_day", figures(counts)))

    tallest = max(height for _, height, _ in found)
    assert [round(8 * height / tallest) for _, height, _ in found] == [2, 6, 8, 4]
    assert [series == 0 for _, _, series in found] == [False, True, True, False]


def test_the_peak_is_named_with_its_days():
    assert "Cao điểm 12/03 – 13/03" in texts(drawn("by_day", figures([2, 0, 6, 8, 4])))
    assert "Cao điểm 11/03" in texts(drawn("by_day", figures([1, 9, 1])))


def test_a_programme_of_years_is_drawn_with_no_more_columns_than_can_be_told_apart():
    campaign = Campaign(opens_at=moment("2021-03-10 00:00"), closes_at=moment("2024-03-10 00:00"))
    of = figures([1] * 1000)

    svg = drawn("by_day", of, campaign)

    assert 40 < len(columns(svg)) <= charts.MOST_COLUMNS
    assert "Số sáng kiến, mỗi cột 17 ngày" in texts(svg)
    assert "03/2021" in texts(svg)
    assert localtime(campaign.closes_at).year == 2024


@pytest.mark.parametrize(
    ("most", "expected"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (5, [0, 1, 2, 3, 4, 5]),
        (6, [0, 2, 4, 6]),
        (51, [0, 20, 40, 60]),
        (25_621, [0, 10_000, 20_000, 30_000]),
    ],
)
def test_an_axis_has_a_few_round_numbers_and_reaches_the_most(most, expected):
    assert charts.steps(most) == expected


# By field and block


@pytest.mark.parametrize(("name", "choices"), [("by_field", Field), ("by_block", Block)])
def test_each_bar_says_its_name_and_number(name, choices):
    said = texts(drawn(name, SCENES["many"]))

    assert [charts.SHORT_NAMES[code] for code in reversed(choices.values)] == [
        text for text in said if text in charts.SHORT_NAMES.values()
    ]
    counts = ["81.234", "2.340", "17.800", "40.210", "0"][: len(choices)]
    assert sorted(counts) == sorted(text for text in said if text in counts)


def test_every_field_and_block_has_a_short_name():
    assert set(charts.SHORT_NAMES) == {*Field, *Block}


# The map


def test_the_map_has_the_63_provinces_of_the_reference_table():
    assert sorted(province_map.outlines()["provinces"]) == sorted(CODES)
    assert len(CODES) == 63


def shade_of(svg, code):
    """Return the number of the class that a province is painted in."""
    (area,) = svg.xpath(f"//*[contains(@class, 'province-{code} ')]")
    return int(re.search(r"color-(\d)", area.get("class"))[1])


def test_each_province_is_painted_in_the_class_of_its_number():
    svg = drawn("by_province", figures(provinces=[0, 1, 2, 3, 4, 5, 6, 7, 8]))

    assert [shade_of(svg, code) for code in CODES[:10]] == [0, 1, 1, 2, 2, 3, 3, 4, 4, 0]
    assert [text for text in texts(svg) if text[0].isdigit() or text == "Chưa có"] == [
        "Chưa có", "1 – 2", "3 – 4", "5 – 6", "7 – 8",
    ]  # fmt: skip


def test_hoang_sa_and_truong_sa_stand_on_the_map():
    svg = drawn("by_province", SCENES["many"])

    assert {"Hoàng Sa", "Trường Sa"} <= set(texts(svg))
    islands = [path.get("d").count("M") for path in svg.xpath("//*[@class = 'archipelago']")]
    assert len(islands) == 2
    assert min(islands) > 5
    assert [group["province"] for group in province_map.outlines()["archipelagos"]] == ["48", "56"]


def test_the_map_file_names_its_author_and_licence():
    drawn = province_map.outlines()

    assert (drawn["author"], drawn["licence"]) == ("Stephen Truong", "CC BY 4.0")
    assert province_map.FILE.stat().st_size < 60_000


@pytest.mark.parametrize(
    ("counts", "classes"),
    [
        ([], []),
        ([0, 0], []),
        ([0, 5], [(1, 5)]),
        ([3, 3, 3, 3, 3], [(1, 3)]),
        ([1, 9], [(1, 1), (2, 9)]),
        ([1, 2, 3, 4, 5, 6, 7, 8], [(1, 2), (3, 4), (5, 6), (7, 8)]),
        ([1, 1, 1, 1, 1, 1, 1, 900], [(1, 1), (2, 900)]),
    ],
)
def test_classes_hold_about_equally_many_provinces(counts, classes):
    assert province_map.classes_of(counts) == classes


# What they say


def test_each_picture_says_its_finding_in_words():
    of = figures([2, 0, 6, 8, 4], [0, 1500, 3], [1200, 0, 300, 0, 0])

    assert captions.by_day(of) == (
        "Biểu đồ cột số sáng kiến mỗi ngày. Nhiều nhất là ngày 13/03/2021 với 8 sáng kiến. "
        "Cao điểm từ 12/03/2021 đến 13/03/2021 (2 ngày) nhận 14 sáng kiến (70,0%)."
    )
    assert captions.by_province(of) == (
        "Bản đồ 63 tỉnh, thành phố, càng nhiều sáng kiến càng đậm. Nhiều nhất: Hà Giang (1.500), Cao Bằng (3). "
        "61 nơi chưa có sáng kiến nào."
    )
    of["total"] = 1500
    assert captions.by_block(of) == (
        "Biểu đồ thanh theo khối. Nhiều nhất: Doanh nghiệp, 1.200 sáng kiến (80,0%). "
        "Tiếp theo: Hành chính sự nghiệp, 0 sáng kiến (0,0%)."
    )
    assert captions.by_field(of).startswith(
        "Biểu đồ thanh theo lĩnh vực. Nhiều nhất: Sản xuất có giá trị làm lợi cao, 1.200 sáng kiến (80,0%). "
        "Tiếp theo: An toàn vệ sinh lao động, bảo vệ môi trường, 300 sáng kiến (20,0%); "
    )


@pytest.mark.parametrize("name", pictures.OF_CAMPAIGN)
def test_a_picture_of_nothing_says_so_without_fault(name):
    said = pictures.OF_CAMPAIGN[name].describe(figures())

    assert said.endswith(".")
    assert "Nhiều nhất là" not in said
