"""What a typed name most likely means, tried on the units of Thái Nguyên."""

import pytest

from accounts.likeness import Likeness
from accounts.models import Union
from accounts.reference import rows

pytestmark = pytest.mark.once

LIKENESS = Likeness(
    [Union(code=row["code"], name=row["name"], short_name=row["name"]) for row in rows("thai_nguyen_unions.csv")]
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("LĐLĐ h. Đại Từ", "LĐLĐ huyện Đại Từ"),
        ("ldld huyen dai tu", "LĐLĐ huyện Đại Từ"),
        ("Đại Từ", "LĐLĐ huyện Đại Từ"),
        ("Liên đoàn lao động huyện Đại Tự", "LĐLĐ huyện Đại Từ"),
        ("Huyện đaị tưf", "LĐLĐ huyện Đại Từ"),
        ("TX Phổ Yên", "LĐLĐ thị xã Phổ Yên"),
        ("thành phố Phổ Yên", "LĐLĐ thị xã Phổ Yên"),
        ("LĐLĐ TP Thái Nguyên", "LĐLĐ thành phố Thái Nguyên"),
        ("samsung thái nguyên", "Công đoàn Công ty TNHH Samsung Electronics Việt Nam Thái Nguyên"),
        ("CĐ ngành GD tỉnh Thái Nguyên", "Công đoàn ngành Giáo dục tỉnh Thái Nguyên"),
        ("Công đoàn KCN Thái Nguyên", "Công đoàn các khu công nghiệp tỉnh Thái Nguyên"),
        ("Công đoàn gang thép", "Công đoàn Công ty Cổ phần Gang thép Thái Nguyên"),
        ("Phú", None),
        ("LĐLĐ", None),
        ("h", None),
        ("Công ty May Sông Cầu", None),
        ("株式会社", None),
    ],
)
def test_a_typed_name_is_likened_to_the_unit_that_is_meant_or_to_none(typed, meant):
    found = LIKENESS.most_like(typed)

    assert (found and found.name) == meant


def test_where_there_are_no_units_nothing_is_proposed():
    assert Likeness([]).most_like("LĐLĐ huyện Đại Từ") is None
