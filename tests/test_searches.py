"""A search finds the same on SQLite and PostgreSQL, whatever is typed: no letter is a sign for the database."""

import unicodedata

import pytest

from tests.factories import make_initiative, make_staff, make_union
from tests.pages import signed_in

pytestmark = pytest.mark.django_db

LIST = "/cong-doan/sang-kien/"
TITLES = ["Đổi mới máy cắt", "Sáng kiến tiết kiệm 50% điện", "Biểu mẫu a_b", "Đường ống dẫn nước"]
WHOLE = [0, 1, 2, 3]  # without a letter or digit nothing is looked for
FOUND = {
    "sang kien": [1],
    "SÁNG KIẾN": [1],
    unicodedata.normalize("NFD", "sáng kiến"): [1],
    "doi moi": [0],
    "Đổi": [0],
    "đổi MỚI": [0],
    "Ðường": [3],  # the letter of Iceland that some keyboards type
    "duong": [3],
    "50%": [1],
    "a_b": [2],
    "axb": [],
    "%%%": WHOLE,
    "___": WHOLE,
    "0%5": [],
    "\\\\\\": WHOLE,
    "'''": WHOLE,
    "sang" + "\u200b kien": [1],
    "s\x00ang kien": [1],
    "sang kien " * 1000: [1],  # the first 200 letters are looked for
    "x" * 10_000: [],
}


@pytest.mark.parametrize("text", FOUND, ids=lambda text: text[:12])
def test_a_search_finds_the_same_on_every_database(text):
    unit = make_union()
    for title in TITLES:
        make_initiative(unit, title=title)

    answer = signed_in(make_staff(unit)).get(LIST, {"q": text})

    assert answer.status_code == 200
    assert sorted(row.title for row in answer.context["page"].rows) == sorted(TITLES[place] for place in FOUND[text])


@pytest.mark.parametrize("text", ["a", "%", "_", "đ"])
def test_what_is_too_short_leaves_the_list_whole(text):
    unit = make_union()
    for title in TITLES:
        make_initiative(unit, title=title)

    assert len(signed_in(make_staff(unit)).get(LIST, {"q": text}).context["page"].rows) == len(TITLES)
