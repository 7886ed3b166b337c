"""The figures: equal to a recount whatever was done, at most a minute old, at one cost (R18)."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.utils.timezone import localdate
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Level
from config import clock
from initiatives import statistics
from initiatives.changing import withdraw
from initiatives.models import Block, Field, Initiative, Status
from initiatives.screening import accept, reject
from initiatives.statistics import every_day, figures_of, figures_of_top, peak_of, seconds_left
from tests.conftest import moment
from tests.factories import IN_TIME, make_campaign, make_initiative, make_union, make_user

FIRST_DAY = date(2021, 3, 10)


def make_many(campaign):
    """Initiatives of three provinces, over several days, fields and blocks, some withdrawn or rejected."""
    units = [make_union() for _ in range(3)]
    for number in range(24):
        initiative = make_initiative(
            units[number % 5 % 3],
            campaign,
            field=Field.values[number % 7 % 5],
            block=Block.values[number % 3 % 2],
            arrived_at=moment("2021-03-31 22:00") + timedelta(hours=number // 4),
        )
        Initiative.objects.filter(pk=initiative.pk).update(status=Status.values[number % 4])
    return units


def recounted(rows, read):
    return Counter(read(row) for row in rows if row.status in ("SENT", "ACCEPTED"))


def by_code(rows):
    """Return {code: count} of the rows of a part, those without any left out."""
    return {row["code"]: row["count"] for row in rows if row["count"]}


def equal_to_a_recount(figures, rows):
    """Assert what the figures of a campaign and of a top union have in common."""
    assert figures["total"] == recounted(rows, lambda row: None)[None]
    assert by_code(figures["by_field"]) == recounted(rows, lambda row: row.field)
    assert by_code(figures["by_block"]) == recounted(rows, lambda row: row.block)
    assert figures["unmapped"] == recounted(rows, lambda row: row.unit is None)[True]
    days = recounted(rows, lambda row: localdate(row.arrived_at).isoformat())
    assert [(row["day"], row["count"]) for row in figures["by_day"]] == sorted(days.items())


@pytest.mark.django_db
def test_every_figure_equals_a_recount_row_by_row():
    campaign = make_campaign(target=500)
    units = make_many(campaign)
    make_initiative(campaign=make_campaign())
    make_initiative(None, campaign, top=units[0].top, arrived_at=IN_TIME)

    figures, rows = figures_of(campaign), list(campaign.initiatives.all())

    assert (figures["total"], figures["target"], figures["unmapped"], len(figures["by_day"])) == (13, 500, 1, 2)
    equal_to_a_recount(figures, rows)
    assert by_code(figures["by_top"]) == recounted(rows, lambda row: row.top.code)
    for unit in units:
        of_top, below = figures_of_top(campaign, unit.top), [row for row in rows if row.top == unit.top]
        equal_to_a_recount(of_top, below)
        assert by_code(of_top["by_branch"]) == recounted(
            [row for row in below if row.branch], lambda row: row.branch.code
        )


@pytest.mark.django_db
def test_the_figures_follow_every_sending_screening_and_withdrawal():
    unit = make_union()
    campaign, by = make_campaign(), make_user()
    sent = [make_initiative(unit, campaign) for _ in range(6)]
    accept(sent[0], by=by, version=1)
    reject(sent[1], "Chưa áp dụng.", by=by, version=1)
    withdraw(sent[2], arrived_at=IN_TIME)
    withdraw(accept(sent[3], by=by, version=1), arrived_at=IN_TIME)
    accept(reject(sent[4], "Nhầm.", by=by, version=1), by=by, version=2)

    for figures in (figures_of(campaign), figures_of_top(campaign, unit.top)):
        assert figures["total"] == 3
        equal_to_a_recount(figures, campaign.initiatives.all())


@pytest.mark.django_db
def test_every_field_block_and_province_has_its_line_even_without_any():
    make_union(Level.TOP, short_name="Lai Châu")
    make_union(Level.TOP, short_name="Giải thể", is_active=False)

    figures = figures_of(make_campaign())

    assert [row["code"] for row in figures["by_field"]] == Field.values
    assert [row["code"] for row in figures["by_block"]] == Block.values
    assert [(row["name"], row["count"]) for row in figures["by_top"]] == [("Lai Châu", 0)]
    assert (figures["by_day"], figures["peak"]) == ([], None)


@pytest.mark.django_db
def test_what_a_union_sent_before_it_was_dissolved_still_counts():
    unit = make_union()
    campaign = make_initiative(unit).campaign
    for union in (unit, unit.parent):
        union.is_active = False
        union.save()

    assert by_code(figures_of(campaign)["by_top"]) == {unit.parent.code: 1}
    assert by_code(figures_of_top(campaign, unit.parent)["by_branch"]) == {unit.code: 1}


@pytest.mark.django_db
def test_provinces_and_branches_come_by_their_number_of_initiatives():
    top, campaign = make_union(Level.TOP), make_campaign()
    for count in (1, 0, 3):
        union = make_union(parent=top)
        for _ in range(count):
            make_initiative(union, campaign)
    make_initiative(make_union(), campaign)

    assert [row["count"] for row in figures_of_top(campaign, top)["by_branch"]] == [3, 1, 0]
    assert [row["count"] for row in figures_of(campaign)["by_top"]] == [4, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_counting_costs_the_same_for_any_number_of_rows(django_assert_num_queries, rows):
    campaign, top = make_campaign(), make_union(Level.TOP)
    for _ in range(rows):
        make_initiative(make_union(parent=top), campaign)
        make_initiative(make_union(), campaign)

    for count in (lambda: figures_of(campaign), lambda: figures_of_top(campaign, top)):
        with django_assert_num_queries(5):
            count()
        with django_assert_num_queries(0):
            count()


@pytest.mark.django_db
def test_a_cache_that_is_away_takes_no_figures_with_it(monkeypatch):
    campaign = make_initiative().campaign

    def away(*arguments):
        raise ConnectionError

    monkeypatch.setattr(cache, "get_or_set", away)

    assert figures_of(campaign)["total"] == 1


def test_figures_may_be_shown_for_less_than_a_minute_after_they_were_counted(at, monkeypatch):
    figures = {"counted_at": clock.now().isoformat(timespec="seconds")}
    counted_at = clock.now().replace(microsecond=0)

    left = {}
    for age in (0, 30, 58.5, 59, 61):
        monkeypatch.setattr(statistics.clock, "now", lambda age=age: counted_at + timedelta(seconds=age))
        left[age] = seconds_left(figures)

    assert left == {0: 59, 30: 29, 58.5: 1, 59: 0, 61: 0}


# The peak


def days(counts):
    """Return the part of the figures that these numbers make on the days from the first on."""
    numbered = enumerate(counts)
    return [{"day": (FIRST_DAY + timedelta(number)).isoformat(), "count": count} for number, count in numbered if count]


def peak(counts):
    """Return (first, last) as indexes, and the number of the peak."""
    found = peak_of(days(counts))
    first, last = ((date.fromisoformat(found[end]) - FIRST_DAY).days for end in ("first", "last"))
    assert found["days"] == last - first + 1
    return first, last, found["count"]


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([7], (0, 0, 7)),
        ([1, 1], (0, 0, 1)),
        ([1, 1, 1], (0, 1, 2)),
        ([5, 1, 1, 3], (0, 0, 5)),
        ([4, 1, 1, 5], (2, 3, 6)),
        ([0, 3, 0, 0, 3, 1], (4, 5, 4)),
        ([1, 2, 3, 4, 3, 2, 1], (2, 4, 10)),
    ],
)
def test_the_peak_is_the_shortest_run_of_days_with_half_of_all(counts, expected):
    assert peak(counts) == expected


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12).filter(any))
def test_the_peak_is_what_trying_every_run_finds(counts):
    runs = [(first, last) for last in range(len(counts)) for first in range(last + 1)]
    held = {(first, last): sum(counts[first : last + 1]) for first, last in runs}
    enough = [run for run in runs if 2 * held[run] >= sum(counts)]
    first, last = min(enough, key=lambda run: (run[1] - run[0], -held[run], run[0]))

    assert peak(counts) == (first, last, held[first, last])


# The days


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2021-03-01 08:00", [FIRST_DAY]),
        ("2021-03-10 00:00", [FIRST_DAY]),
        ("2021-03-11 23:59", [FIRST_DAY, date(2021, 3, 11)]),
        ("2021-06-01 08:00", [FIRST_DAY + timedelta(number) for number in range(42)]),
    ],
)
def test_days_are_shown_without_gaps_up_to_today_or_the_last_day(at, now, expected):
    at(now)
    campaign = make_campaign()

    assert every_day(figures_of(campaign), campaign) == [(day, 0) for day in expected]


@pytest.mark.django_db
def test_days_outside_a_period_that_was_moved_are_shown_too():
    campaign = make_initiative(arrived_at=moment("2021-03-11 08:00")).campaign
    campaign.opens_at = moment("2021-03-13 00:00")

    shown = every_day(figures_of(campaign), campaign)

    assert (shown[0], shown[1], shown[-1]) == ((date(2021, 3, 11), 1), (date(2021, 3, 12), 0), (date(2021, 4, 1), 0))
