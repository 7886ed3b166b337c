"""A look through a long list is bounded, and yet its pages together are exactly the rows that fit."""

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models import Q

from config import looking
from config.looking import Sought, hurried
from config.paging import page_of
from initiatives.filters import BY_NAME, NEWEST
from initiatives.indexes import take_in_words
from initiatives.models import Initiative
from tests.factories import make_initiative, make_national_user, make_staff, make_union
from tests.pages import says, signed_in, tree

pytestmark = pytest.mark.django_db

LIST = "/cong-doan/sang-kien/"
FIT = Q(search_text__contains="bang tai")


@pytest.fixture
def unit():
    return make_union()


@pytest.fixture
def some(unit, at):
    """Thirty initiatives whose days and names are in no order; every seventh, and the eighth, is about a "băng tải"."""
    for number in range(30):
        make_initiative(
            unit,
            title="Cải tiến băng tải" if number % 7 == 0 or number == 8 else "Việc khác",
            full_name=f"Lê {'BAC'[number % 3]}{number * 7 % 30}",
            arrived_at=at(f"2021-03-{10 + number * 11 % 20}"),
        )
    return Initiative.objects.under(unit)


@pytest.fixture
def _short_walks(monkeypatch):
    monkeypatch.setattr(looking, "SHORT_WALK", 2)
    monkeypatch.setattr(looking, "LONG_WALK", 4)


def pages_of(sought, order, size, *, backwards=False):
    """Return all pages of a list, one after the other; from its end, where it is read backwards."""
    on, name = ("newer", "sau") if backwards else ("older", "truoc")
    start = order.sort(sought.among, backwards=backwards).first()
    pages = [page_of(sought, {name: str(start.pk)} if backwards else {}, size, order=order, among=sought.among)]
    while key := getattr(pages[-1], on):
        pages.append(page_of(sought, {name: str(key)}, size, order=order, among=sought.among))
        assert len(pages) < 40
    return pages


@pytest.mark.usefixtures("_short_walks")
@pytest.mark.parametrize("order", [NEWEST, BY_NAME])
@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("most", [0, 2, 100])
def test_all_pages_together_are_the_rows_that_fit_in_their_order(some, monkeypatch, order, size, most):
    monkeypatch.setattr(looking, "MOST_LEAPT", most)
    rows = some.filter(FIT)
    expected = list(order.sort(rows))

    for leap in (None, rows):
        pages = pages_of(Sought(some, rows, leap), order, size)
        assert [row for page in pages for row in page.rows] == expected
        back = pages_of(Sought(some, rows, leap), order, size, backwards=True)
        last = order.sort(some, backwards=True).first()
        assert [row for page in reversed(back) for row in page.rows] == [row for row in expected if row != last]


@pytest.mark.usefixtures("_short_walks")
def test_a_look_never_reads_more_than_its_walk_and_says_where_it_stopped(some):
    page = page_of(Sought(some, some.filter(title="Không có")), {}, order=NEWEST, among=some)

    assert page.is_cut
    assert page.rows == []
    assert page.older == NEWEST.sort(some)[3].pk


def test_a_list_that_came_to_its_end_is_not_cut(some, monkeypatch):
    for walk in (29, 30, 31):
        monkeypatch.setattr(looking, "LONG_WALK", walk)
        page = page_of(Sought(some, some.none()), {}, order=NEWEST, among=some)
        assert page.is_cut is (walk < 30)


@pytest.mark.usefixtures("_short_walks")
def test_a_page_cut_short_says_so_and_leads_on(some, unit):
    client = signed_in(make_staff(unit))

    page = client.get(LIST + "?lacking=on")

    assert "lần này mới tìm trong" in says(page)
    assert "Không có sáng kiến nào phù hợp" not in says(page)
    way_on = tree(page).xpath("//nav[@aria-label='Các trang']/a[contains(., 'Tìm tiếp')]/@href")
    assert way_on == [f"?lacking=on&truoc={NEWEST.sort(some)[3].pk}"]
    while way_on:
        page = client.get(LIST + way_on[0])
        way_on = tree(page).xpath("//nav[@aria-label='Các trang']/a[contains(., 'Tìm tiếp →')]/@href")
    assert "Không có sáng kiến nào phù hợp" in says(page)


@pytest.mark.usefixtures("_short_walks")
@pytest.mark.parametrize(("state", "others"), [("SENT", "ACCEPTED"), ("WITHDRAWN", "SENT")])
def test_a_state_is_found_however_far_back(some, unit, state, others):
    oldest = NEWEST.sort(some).last()
    some.exclude(pk=oldest.pk).update(status=others)
    some.filter(pk=oldest.pk).update(status=state)

    for person in (make_staff(unit), make_national_user()):
        page = signed_in(person).get(f"{LIST}?status={state}").context["page"]
        assert page.rows == [oldest]
        assert not page.is_cut
    listed = signed_in(make_national_user()).get(f"/quan-tri/initiatives/initiative/?status={state}").context["cl"]
    assert list(listed.result_list) == [oldest]
    assert not listed.page.is_cut


@pytest.mark.usefixtures("_short_walks")
def test_a_code_and_days_are_found_however_far_back(some, unit):
    oldest = NEWEST.sort(some).last()
    client = signed_in(make_staff(unit))

    for query in (f"?q={oldest.shown_code}", "?until=2021-03-10"):
        page = client.get(LIST + query).context["page"]
        assert page.rows[-1] == oldest
        assert not page.is_cut


@pytest.mark.postgresql
@pytest.mark.usefixtures("_short_walks")
@pytest.mark.parametrize("query", ["?q=bang+tai", "?q=băng tải&order=name", "?order=name&until=2021-03-12"])
def test_what_an_index_of_another_kind_knows_is_found_whole(some, query):
    for person in (make_national_user(), make_staff(some[0].unit)):
        page = signed_in(person).get(LIST + query).context["page"]

        assert len(page.rows) == (5 if "until" in query else 6)
        assert not page.is_cut


@pytest.mark.postgresql
@pytest.mark.usefixtures("_short_walks")
def test_a_leap_that_takes_too_long_is_broken_off_and_the_page_says_that_more_may_follow(some, monkeypatch):
    slow = some.filter(FIT).extra(where=["pg_sleep(0.2) IS NOT NULL"])
    monkeypatch.setattr(looking, "LEAP_TIME", 20)

    page = page_of(Sought(some, some.filter(FIT), slow), {}, order=NEWEST, among=some)

    assert page.is_cut
    assert Initiative.objects.count() == 30  # the transaction around it goes on


@pytest.mark.parametrize("is_taken_in", [False, True])
def test_a_word_is_found_before_and_after_it_is_taken_into_the_index(some, is_taken_in):
    if is_taken_in:
        take_in_words()

    assert set(some.with_words("ki tải băng")) == set(some.filter(FIT))
    assert some.with_words("k1 ab") is None


@pytest.mark.postgresql
def test_hurrying_ends_with_its_block_also_inside_a_transaction():
    def settings():
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('statement_timeout'), current_setting('enable_seqscan')")
            return cursor.fetchone()

    before = settings()
    with transaction.atomic(), hurried(1234):
        assert settings() == ("1234ms", "off")
    assert settings() == before

    with pytest.raises(OperationalError), hurried(20), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(1)")
    assert settings() == before


def test_unions_within_another_of_the_same_person_are_looked_through_once(unit):
    user = make_staff(unit.top)
    below = make_staff(unit).memberships.get()
    below.user = user
    below.save()

    condition = str(Initiative.objects.visible_to(user).query.where)

    assert "branch" not in condition
