"""The staff list in the order of names: by given name as Vietnamese sort, page by page, from an index."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import Level
from config.text import LETTERS, name_sort_bytes, name_sort_key
from initiatives.changing import correct
from initiatives.filters import BY_NAME, NEWEST
from initiatives.models import Initiative
from tests.factories import IN_TIME, answers, make_initiative, make_national_user, make_staff, make_union
from tests.pages import signed_in, tree

LIST = "/cong-doan/sang-kien/"
NAMES = ["Trần An", "Lê Văn An", "Đỗ Ánh", "Lý Bình", "Đinh Đức", "Dương Dũng", "Bùi Ổn", "Ngô Ôn", "Vũ Yến"]
TONED = LETTERS + "àảãáạằẵấẫộờữỳ" + LETTERS.upper()


@settings(max_examples=150, deadline=None)
@given(st.text(TONED + " -.9", max_size=12), st.text(TONED + " -.9", max_size=12))
def test_the_stored_key_sorts_as_the_names_do(one, other):
    by_words = name_sort_key(one) < name_sort_key(other)

    assert (name_sort_bytes(one) < name_sort_bytes(other)) is by_words


def names_on(page):
    return [row.full_name for row in page.context["page"].rows]


def walk(client, address, words):
    """Follow the link with these words to the end; return the names page by page, and the last address."""
    pages = []
    while True:
        response = client.get(LIST + address)
        pages.append(names_on(response))
        links = [link.get("href") for link in tree(response).xpath("//nav//a") if link.text == words]
        if not links:
            return pages, address
        (address,) = links


@pytest.mark.django_db
def test_the_pages_by_name_walk_over_every_row_once_in_both_directions(monkeypatch):
    unit = make_union()
    for name in [*NAMES, *NAMES]:
        make_initiative(unit, full_name=name)
    make_initiative(full_name="Người Ngoài")
    monkeypatch.setattr("config.paging.page_of.__defaults__", (4,))
    client = signed_in(make_staff(unit))
    expected = [name for name in sorted(NAMES, key=name_sort_key) for _ in range(2)]

    there, address = walk(client, "?order=name", "Trang sau →")
    back, _ = walk(client, address, "← Trang trước")

    assert [name for page in there for name in page] == expected
    assert [name for page in reversed(back) for name in page] == expected
    assert [len(page) for page in there] == [4, 4, 4, 4, 2]


@pytest.mark.django_db
@pytest.mark.parametrize("place", ["truoc", "sau"])
def test_a_row_of_another_union_is_no_place_in_the_list(place):
    mine, foreign = make_initiative(full_name="Lê An"), make_initiative(full_name="Lê Bình")

    page = signed_in(make_staff(mine.unit)).get(f"{LIST}?order=name&{place}={foreign.pk}")

    assert names_on(page) == ["Lê An"]


@pytest.mark.django_db
def test_a_corrected_name_finds_its_place():
    initiative = make_initiative(full_name="Lê An")

    correct(initiative, answers(initiative.unit, full_name="Lê Yến"), version=1, arrived_at=IN_TIME)

    assert bytes(Initiative.objects.get().name_key) == name_sort_bytes("Lê Yến")


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_by_name_costs_one_question_more_however_many_rows(django_assert_num_queries, rows):
    unit = make_union()
    initiatives = [make_initiative(unit) for _ in range(rows + 1)]
    client = signed_in(make_staff(unit))

    with django_assert_num_queries(7):
        assert len(names_on(client.get(f"{LIST}?order=name&truoc={initiatives[0].pk}"))) == rows


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("level", "index"),
    [("TOP", "initiative_of_top"), ("UPPER", "initiative_of_branch"), ("GRASSROOTS", "initiative_of_unit"), ("", "")],
)
@pytest.mark.parametrize("order", [NEWEST, BY_NAME])
@pytest.mark.parametrize("backwards", [False, True])
def test_each_order_of_each_list_is_read_from_its_index(level, index, order, backwards):
    if connection.vendor == "postgresql":
        # With so few rows it would read them all and sort them.
        connection.cursor().execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    above = {"GRASSROOTS": make_union}.get(level, lambda: None)()
    union = make_union(Level(level), above) if level else None
    initiative = make_initiative(None, top=make_union(Level.TOP))
    user = make_staff(union) if union else make_national_user()

    visible = Initiative.objects.visible_to(user)
    plan = order.behind(visible, initiative, backwards=backwards)[:51].explain()

    assert f"{index or 'initiative'}_{'by_name' if order is BY_NAME else 'arrived'}" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
