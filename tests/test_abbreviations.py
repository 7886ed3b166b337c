"""What people type for a union finds it: all 83 top unions, and the units of Thái Nguyên."""

import pytest

from accounts.abbreviations import expanded, finds, search_words, words_of
from accounts.models import Union
from accounts.reference import rows

PROVINCES = [
    Union(code=row["code"], name=f"LĐLĐ {row['type'].lower()} {row['short_name']}", short_name=row["short_name"])
    for row in rows("provinces.csv")
]
SECTORS = [
    Union(code=row["code"], name=row["name"], short_name=row["short_name"], is_sector=True)
    for row in rows("sector_unions.csv")
]
UNITS = {
    row["name"]: search_words(Union(code=row["code"], name=row["name"], short_name=row["name"]))
    for row in rows("thai_nguyen_unions.csv")
}
TOPS = {top.plain_name: search_words(top) for top in [*PROVINCES, *SECTORS]}


def found(query, unions):
    return {name for name, words in unions.items() if finds(query, words)}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("TP.HCM", {"Hồ Chí Minh"}),
        ("tphcm", {"Hồ Chí Minh"}),
        ("hcm", {"Hồ Chí Minh"}),
        ("SG", {"Hồ Chí Minh"}),
        ("Sài Gòn", {"Hồ Chí Minh"}),
        ("saigon", {"Hồ Chí Minh"}),
        ("Thành phố Hồ Chí Minh", {"Hồ Chí Minh"}),
        ("HN", {"Hà Nội", "Hà Nam"}),
        ("hanoi", {"Hà Nội"}),
        ("tphn", {"Hà Nội"}),
        ("BR-VT", {"Bà Rịa - Vũng Tàu"}),
        ("BRVT", {"Bà Rịa - Vũng Tàu"}),
        ("Bà Rịa – Vũng Tàu", {"Bà Rịa - Vũng Tàu"}),
        ("vung tau", {"Bà Rịa - Vũng Tàu"}),
        ("TN", {"Thái Nguyên", "Tây Ninh"}),
        ("QN", {"Quảng Nam", "Quảng Ninh", "Quảng Ngãi"}),
        ("TT-Huế", {"Thừa Thiên Huế"}),
        ("tth", {"Thừa Thiên Huế"}),
        ("hue", {"Thừa Thiên Huế"}),
        ("ĐN", {"Đà Nẵng", "Đồng Nai", "Đắk Nông"}),
        ("HP", {"Hải Phòng"}),
        ("CT", {"Cần Thơ", "Công Thương"}),
        ("LĐLĐ tỉnh Thái Nguyên", {"Thái Nguyên"}),
        ("liên đoàn lao động tp cần thơ", {"Cần Thơ"}),
        ("Đắc Lắc", {"Đắk Lắk"}),
        ("CĐ GDVN", {"Giáo dục"}),
        ("cđ giáo dục", {"Giáo dục"}),
        ("CĐ Y tế", {"Y tế"}),
        ("EVN", {"Điện lực"}),
        ("điện lực", {"Điện lực"}),
        ("PVN", {"Dầu khí"}),
        ("dầu khí", {"Dầu khí"}),
        ("TKV", {"Than - Khoáng sản"}),
        ("than ks", {"Than - Khoáng sản"}),
        ("VNPT", {"Thông tin và Truyền thông"}),
        ("CĐ TT&TT", {"Thông tin và Truyền thông"}),
        ("GTVT", {"Giao thông Vận tải"}),
        ("NN&PTNT", {"Nông nghiệp và Phát triển nông thôn"}),
    ],
)
def test_what_people_type_finds_the_province_or_sector(query, expected):
    assert len(TOPS) == 83
    assert expected <= found(query, TOPS)
    assert len(found(query, TOPS)) <= len(expected) + 2  # the rest of the list is gone


def test_every_province_is_found_by_its_name_with_and_without_marks_joined_and_by_its_initials():
    for top in PROVINCES:
        words = words_of(top.short_name)
        initials = "".join(word[0] for word in words)
        for query in (top.name, top.short_name, " ".join(words_of(top.name)), "".join(words), initials):
            assert top.plain_name in found(query, TOPS), query


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("LĐLĐ h. Đại Từ", {"LĐLĐ huyện Đại Từ"}),
        ("ldld huyen dai tu", {"LĐLĐ huyện Đại Từ"}),
        ("daitu", {"LĐLĐ huyện Đại Từ"}),
        ("tx phổ yên", {"LĐLĐ thị xã Phổ Yên"}),
        ("tp sông công", {"LĐLĐ thành phố Sông Công"}),
        ("tptn", {"LĐLĐ thành phố Thái Nguyên"}),
        ("KCN", {"Công đoàn các khu công nghiệp tỉnh Thái Nguyên"}),
        ("cđ ngành GD", {"Công đoàn ngành Giáo dục tỉnh Thái Nguyên"}),
        ("y tế", {"Công đoàn ngành Y tế tỉnh Thái Nguyên"}),
        ("phát triển nông thôn", {"Công đoàn ngành Nông nghiệp và PTNT tỉnh Thái Nguyên"}),
        ("samsung", {"Công đoàn Công ty TNHH Samsung Electronics Việt Nam Thái Nguyên"}),
        ("sevt", {"Công đoàn Công ty TNHH Samsung Electronics Việt Nam Thái Nguyên"}),
        ("cty cp gang thép", {"Công đoàn Công ty Cổ phần Gang thép Thái Nguyên"}),
    ],
)
def test_what_people_type_finds_the_unit(query, expected):
    assert found(query, UNITS) == expected


def test_every_unit_is_found_by_its_own_name():
    assert len(UNITS) == 18
    assert all(name in found(name, UNITS) for name in UNITS)


def test_a_word_that_no_union_has_finds_nothing_and_no_word_finds_all():
    assert found("xyz", TOPS) == set()
    assert len(found(" .- ", TOPS)) == 83


def test_search_words_are_folded_and_each_stands_once():
    for words in (*TOPS.values(), *UNITS.values()):
        assert words == " ".join(words_of(words))
        assert len(words.split()) == len(set(words.split()))


@pytest.mark.parametrize(
    ("typed", "written_out"),
    [
        ("LĐLĐ h. Đại Từ", "lien doan lao dong huyen dai tu"),
        ("LĐLĐ TP.HCM", "lien doan lao dong thanh pho ho chi minh"),
        ("ldld q1", "lien doan lao dong quan 1"),
        ("CĐ KCN", "cong doan khu cong nghiep"),
        ("Huyện Quan Sơn", "huyen quan son"),
    ],
)
def test_abbreviations_are_written_out(typed, written_out):
    assert expanded(typed) == written_out
