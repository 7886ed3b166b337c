"""A group's initiative: people by name, their shares whole per cents that make 100 together with the main author's."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from initiatives.co_authors import Person, authors_of, co_authors_of, normal
from initiatives.models import Initiative

pytestmark = pytest.mark.once

MAIN = "Nguyễn Văn An"


@pytest.mark.parametrize(
    ("line", "name", "share"),
    [
        ("Trần Thị Bình", "Trần Thị Bình", None),
        ("Trần Thị Bình 30%", "Trần Thị Bình", 30),
        ("Trần Thị Bình - 30 %", "Trần Thị Bình", 30),
        ("Trần Thị Bình – 30%", "Trần Thị Bình", 30),
        ("Trần Thị Bình (30%)", "Trần Thị Bình", 30),
        ("Trần Thị Bình: 30", "Trần Thị Bình", 30),
        ("Trần Thị Bình, 30", "Trần Thị Bình", 30),
        ("Trần Thị Bình, 1%", "Trần Thị Bình", 1),
        ("Trần Thị Bình, 99%", "Trần Thị Bình", 99),
        ("Trần Thị Bình (30)", "Trần Thị Bình", 30),
        ("Tổ hàn số 2", "Tổ hàn số 2", None),
        ("alert(1)", "alert(1)", None),
        ("Tổ hàn - 3", "Tổ hàn - 3", None),
        ("1. Trần Thị Bình 30%", "Trần Thị Bình", 30),
        ("- Trần Thị Bình", "Trần Thị Bình", None),
        ("30% Trần Thị Bình", "Trần Thị Bình", 30),
        ("Trần Thị Bình = 30%", "Trần Thị Bình", 30),
        ("Trần Thị Bình/30%", "Trần Thị Bình", 30),
        ("Trần Thị Bình 30%.", "Trần Thị Bình", 30),
        ("Trần Thị Bình 30%;", "Trần Thị Bình", 30),
        ("Trần Thị Bình, 1985", "Trần Thị Bình, 1985", None),
    ],
)
def test_a_line_is_understood_as_people_write_it(line, name, share):
    assert co_authors_of(line, MAIN) == [Person(name, share)]


@pytest.mark.parametrize("line", ["30%", "Bình: 30% (thiết kế)", "Trần Thị Bình 30", "Bình 30", "Bình 30% rồi 20%"])
def test_a_share_that_nobody_can_be_sure_of_is_asked_for_again(line):
    with pytest.raises(ValidationError) as refusal:
        co_authors_of(line, MAIN)

    assert refusal.value.code == "share_unclear"


@pytest.mark.parametrize("line", ["Trần Thị Bình 30%, Lê Văn Cường 20%", "Trần Thị Bình 30% và Lê Văn Cường (20%)"])
def test_several_people_on_one_line_are_several_people(line):
    assert co_authors_of(line, MAIN) == [Person("Trần Thị Bình", 30), Person("Lê Văn Cường", 20)]


@pytest.mark.parametrize("share", ["0", "100", "33,3", "33.3", "250"])
def test_a_share_is_a_whole_per_cent_between_none_and_all(share):
    with pytest.raises(ValidationError) as refusal:
        co_authors_of(f"Trần Thị Bình {share}%", MAIN)

    assert refusal.value.code == "share_not_whole"


@pytest.mark.parametrize("text", ["Bình 50%\nCường 49%", f"{MAIN} 50%\nBình 50%", f"{MAIN}\nBình", "Bình\nCường"])
def test_shares_that_leave_the_rest_to_the_main_author_are_taken(text):
    assert co_authors_of(text, MAIN)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bình 50%\nCường 50%", "shares_not_100"),
        ("Bình 60%\nCường 41%", "shares_not_100"),
        ("Bình 60%\nCường", "share_missing"),
        (f"{MAIN} 50%\nBình 49%", "shares_not_100"),
        (f"{MAIN} 50%\nBình 51%", "shares_not_100"),
        (f"{MAIN}\nBình 20%", "share_missing"),
    ],
)
def test_all_shares_together_are_exactly_one_hundred(text, code):
    with pytest.raises(ValidationError) as refusal:
        co_authors_of(text, MAIN)

    assert refusal.value.code == code


def test_the_main_author_is_not_an_own_co_author():
    assert normal("nguyễn văn an: 40%\nTrần Thị Bình: 60%\n\n", MAIN) == "Trần Thị Bình – 60%"


@pytest.mark.parametrize("name", ["Nguyễn Văn Ân", "Nguyen Van An", "Nguyễn Văn Ấn"])
def test_people_whose_names_differ_by_a_mark_are_different_people(name):
    assert normal(f"{name}\nLê Thị Hoa", MAIN) == f"{name}\nLê Thị Hoa"


def test_a_namesake_is_kept_beside_the_main_author():
    assert normal(f"{MAIN}\n{MAIN}", MAIN) == MAIN


def test_the_main_author_has_what_remains():
    initiative = Initiative(full_name=MAIN, co_authors="Bình – 30%\nCường – 20%")

    assert [person.share for person in authors_of(initiative)] == [50, 30, 20]


def test_where_nobody_told_a_share_none_is_made_up():
    assert authors_of(Initiative(full_name=MAIN, co_authors="Bình")) == [Person(MAIN), Person("Bình")]


@given(st.lists(st.integers(1, 33), min_size=1, max_size=3))
def test_what_is_stored_reads_back_the_same(shares):
    text = "\n".join(f"Người thứ {'abc'[place]} ({share}%)" for place, share in enumerate(shares))

    assert normal(normal(text, MAIN), MAIN) == normal(text, MAIN)
    assert sum(person.share for person in authors_of(Initiative(full_name=MAIN, co_authors=normal(text, MAIN)))) == 100
