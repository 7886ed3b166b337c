"""The stored numbers: equal to a recount at any moment, whoever counts when, with no sender waiting (R18)."""

import random
from functools import partial
from types import SimpleNamespace

import pytest
from django.core.cache import cache

from accounts.models import Level
from initiatives import counting, statistics
from initiatives.changing import correct, withdraw
from initiatives.counting import count_changes, recount
from initiatives.counting_models import Counted, Counting, Uncounted
from initiatives.desk_figures import read_of_union
from initiatives.mapping import map_unit
from initiatives.models import Initiative, Status
from initiatives.moving import move_unit
from initiatives.screening import accept, reject
from initiatives.statistics import figures_of, figures_of_top
from tests.conftest import moment
from tests.factories import (
    IN_TIME,
    answers,
    make_campaign,
    make_initiative,
    make_staff,
    make_typed,
    make_union,
    make_user,
)
from tests.racing import at_once, lock_held, while_open
from tests.test_statistics import equal_to_a_recount, make_many

pytestmark = pytest.mark.django_db


def shown(campaign, union=None):
    """Return the figures as the next visitor sees them, without their moment."""
    cache.clear()
    figures = figures_of_top(campaign, union) if union else figures_of(campaign)
    return {name: value for name, value in figures.items() if name != "counted_at"}


def change_at_random(rng, campaign, units):
    """Do one of the deeds that the figures follow."""
    by, rows = make_user(), list(campaign.initiatives.filter(status=Status.SENT))
    one = rng.choice(rows) if rows else make_initiative(rng.choice(units), campaign)
    deeds = [
        lambda: make_initiative(rng.choice(units), campaign),
        lambda: accept(one, by=by, version=one.version),
        lambda: reject(one, "Trùng.", by=by, version=one.version),
        lambda: withdraw(one, arrived_at=IN_TIME),
        lambda: correct(one, answers(rng.choice(units), field="community"), version=one.version, arrived_at=IN_TIME),
        lambda: move_unit(one, rng.choice(below_of(one.top)), by=make_staff(one.top), version=one.version),
    ]
    rng.choice(deeds)()


def below_of(top):
    return [make_union(parent=top), make_union(Level.GRASSROOTS, make_union(parent=top))]


@pytest.mark.parametrize("seed", range(3))
def test_the_figures_equal_a_recount_whatever_was_done_and_whenever_the_queue_counted(seed):
    rng, campaign = random.Random(seed), make_campaign()
    units = [make_union(), make_union(Level.GRASSROOTS, make_union())]
    for _ in range(25):
        change_at_random(rng, campaign, units)
        if rng.random() < 0.3:
            count_changes()
    rows = list(campaign.initiatives.all())

    before = shown(campaign)
    equal_to_a_recount(before, rows)
    count_changes()

    assert shown(campaign) == before
    assert recount() == 0
    for top in {row.top for row in rows}:
        equal_to_a_recount(shown(campaign, top), [row for row in rows if row.top == top])


def test_what_raw_sql_or_many_rows_at_once_change_is_counted_too():
    campaign = make_campaign()
    unit = make_many(campaign)[0]
    count_changes()
    Initiative.objects.filter(unit=unit).update(status=Status.WITHDRAWN, field="community")
    count_changes()

    equal_to_a_recount(shown(campaign), campaign.initiatives.all())
    assert (recount(), Uncounted.objects.count()) == (0, 0)


def test_what_changes_nothing_that_is_counted_leaves_nothing_to_count():
    initiative = make_initiative()
    count_changes()
    initiative.title = "Tên khác"
    initiative.save()

    assert count_changes() == 0


def test_mapping_a_typed_name_moves_the_number_to_its_unit():
    unit = make_union()
    initiative = make_typed(unit.top, "LĐLĐ h. Đại Từ")
    campaign = initiative.campaign
    count_changes()
    assert shown(campaign, unit.top)["unmapped"] == 1
    map_unit(unit.top, initiative.unit_key, unit, by=make_staff(unit.top))

    assert (shown(campaign, unit.top)["unmapped"], read_of_union(unit, campaign)["total"]) == (0, 1)


# Who counts, and when


def test_more_than_a_page_adds_by_itself_waits_for_the_queue_and_the_page_says_up_to_when(at, monkeypatch):
    monkeypatch.setattr(statistics, "UNCOUNTED_READ", 2)
    campaign = make_initiative().campaign
    count_changes()
    at("2021-04-01 09:00")
    totals = []
    for _ in range(3):
        make_initiative(campaign=campaign)
        cache.clear()
        figures = figures_of(campaign)
        totals.append((figures["total"], figures["counted_at"][:16]))
    count_changes()

    assert totals == [(2, "2021-04-01T09:00"), (3, "2021-04-01T09:00"), (1, "2021-04-01T08:00")]
    assert shown(campaign)["total"] == 4


def test_the_queue_counts_as_much_as_its_time_allows_and_the_moment_waits_for_the_rest(monkeypatch):
    monkeypatch.setattr(counting, "COUNTED_TOGETHER", 2)
    monkeypatch.setattr(counting, "COUNT_SECONDS", 0)
    for _ in range(3):
        make_initiative()

    assert (counting.count_some(), Counting.objects.get().counted_at) == (2, None)
    assert (counting.count_some(), Counting.objects.get().counted_at is None) == (1, False)
    assert recount() == 0


def test_initiatives_stored_before_there_were_numbers_are_counted_first(at):
    campaign = make_initiative().campaign
    Uncounted.objects.all().delete()
    Counting.objects.create(pk=1)  # as the migration leaves it
    make_initiative(campaign=campaign)

    cache.clear()
    figures = figures_of(campaign)
    assert (figures["total"], figures["counted_at"]) == (0, "2021-03-10T00:00:00+07:00")

    count_changes()
    assert (shown(campaign)["total"], recount()) == (2, 0)


def test_a_recount_puts_right_what_is_wrong_and_says_so(caplog):
    unit = make_union()
    campaign = make_initiative(unit).campaign
    count_changes()
    Counted.objects.filter(union_id=unit.pk).update(counts=counting.nothing())
    Counted.objects.create(campaign=campaign, union=make_union(), counts={**counting.nothing(), "status": {"SENT": 7}})
    make_initiative(unit, campaign)

    assert recount() == 2
    assert "2 unions differed" in caplog.text
    assert (recount(), shown(campaign, unit.top)["by_branch"][0]["count"]) == (0, 2)


def test_who_stores_very_many_counts_them_all_at_once():
    campaign = make_initiative().campaign
    make_initiative(campaign=campaign)

    assert recount(alone=True) == 4  # two units and their top unions
    assert (Uncounted.objects.count(), shown(campaign)["total"], recount()) == (0, 2, 0)


def test_a_page_that_is_read_while_somebody_counts_reads_again(monkeypatch):
    campaign = make_initiative().campaign
    reads = []

    def counted_meanwhile(*names):
        reads.append(count_changes())
        return Uncounted.objects.values_list(*names)

    monkeypatch.setattr(
        statistics, "Uncounted", SimpleNamespace(objects=SimpleNamespace(values_list=counted_meanwhile))
    )
    monkeypatch.setattr(counting, "recount", None)
    numbers = iter([0, 1, 1, 1])
    monkeypatch.setattr(statistics, "counting", lambda: Counting(pk=1, number=next(numbers)))

    assert shown(campaign)["total"] == 1
    assert reads == [1, 0]


def test_days_are_those_of_vietnam():
    campaign = make_campaign()
    for time in ("2021-03-31 23:59", "2021-04-01 00:00"):
        make_initiative(campaign=campaign, arrived_at=moment(time))
    expected = [{"day": "2021-03-31", "count": 1}, {"day": "2021-04-01", "count": 1}]

    assert shown(campaign)["by_day"] == expected
    count_changes()
    assert (shown(campaign)["by_day"], recount()) == (expected, 0)


# Several at once


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_queues_count_each_change_once():
    campaign = make_initiative().campaign
    count_changes()
    for _ in range(5):
        make_initiative(campaign=campaign)

    assert at_once(count_changes, count_changes, count_changes, recount) == [None] * 4
    assert (shown(campaign)["total"], recount(), Uncounted.objects.count()) == (6, 0, 0)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_who_sends_waits_for_nobody_who_counts():
    unit = make_union()
    campaign = make_initiative(unit).campaign
    count_changes()

    with lock_held(Counting.objects.filter(pk=1)):
        assert at_once(*[partial(make_initiative, unit, campaign)] * 4) == [None] * 4
    assert shown(campaign)["total"] == 5


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_what_is_not_committed_yet_is_counted_the_next_time():
    unit = make_union()
    campaign = make_initiative(unit).campaign

    assert while_open(partial(make_initiative, unit, campaign), count_changes, recount) == [None] * 3
    assert Uncounted.objects.count() == 1
    assert (shown(campaign)["total"], count_changes(), recount(), shown(campaign)["total"]) == (2, 1, 0, 2)
