"""Standings: exact, shared on a tie, and equalised apart (R15)."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.complaints import conclude
from awards.marking import close, recuse
from awards.models import ComplaintState
from awards.ranking import average_of, equalised, median_of, ranks_of, spread_of, standings, standings_and_effects
from tests.boards import hold
from tests.factories import make_user
from tests.scoring import draft_of, give, make_scene

pytestmark = pytest.mark.once

examples = settings(max_examples=50, deadline=None)
TENTHS = st.integers(0, 1000).map(lambda tenths: Decimal(tenths) / 10)
FRACTIONS = st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda parts: Fraction(*parts))


@examples
@given(st.dictionaries(st.integers(), FRACTIONS, min_size=1, max_size=40))
def test_a_rank_is_one_more_than_the_number_of_better_ones(values):
    ranks = ranks_of(values)

    assert ranks == {key: 1 + sum(other > value for other in values.values()) for key, value in values.items()}


@examples
@given(st.lists(TENTHS, min_size=1, max_size=9))
def test_average_and_median_lie_between_the_lowest_and_the_highest(totals):
    for middle in (average_of(totals), median_of(totals)):
        assert isinstance(middle, Fraction)
        assert min(totals) <= middle <= max(totals)
    assert sum(total - average_of(totals) for total in map(Fraction, totals)) == 0
    assert spread_of(totals) == max(totals) - min(totals)


def test_a_third_is_a_third():
    assert average_of([Decimal(10), Decimal(10), Decimal("10.1")]) == Fraction(301, 30)
    assert median_of([Decimal(1), Decimal("2.1")]) == Fraction(31, 20)
    assert (average_of([]), median_of([]), spread_of([])) == (None, None, None)


@examples
@given(
    st.lists(TENTHS, min_size=1, max_size=8),
    st.lists(st.integers(-100, 100).map(lambda tenths: Decimal(tenths) / 10), min_size=2, max_size=6),
)
def test_planted_effects_are_found_exactly_on_a_full_table(worths, planted):
    mean = Fraction(sum(map(Fraction, planted)), len(planted))
    marks = [
        (entry, marker, worth + effect) for entry, worth in enumerate(worths) for marker, effect in enumerate(planted)
    ]

    found = equalised(marks)

    assert found.effects == {marker: Fraction(effect) - mean for marker, effect in enumerate(planted)}
    assert found.averages == {entry: Fraction(worth) + mean for entry, worth in enumerate(worths)}


@examples
@given(st.lists(TENTHS, min_size=3, max_size=8), st.randoms(use_true_random=False))
def test_planted_effects_are_found_exactly_where_pairs_overlap(worths, chance):
    """Each entry is marked by two of four; neighbours share one, so that all are tied together."""
    planted = [Decimal(chance.randint(-50, 50)) / 10 for _ in range(4)]
    pairs = [(number % 4, (number + 1) % 4) for number in range(len(worths))]
    marks = [(entry, marker, worths[entry] + planted[marker]) for entry, pair in enumerate(pairs) for marker in pair]
    chance.shuffle(marks)

    found = equalised(marks)

    assert found.is_connected
    differences = {found.averages[entry] - Fraction(worths[entry]) for entry in found.averages}
    assert len(differences) == 1
    assert all(type(value) is Fraction for value in [*found.averages.values(), *found.effects.values()])


@examples
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 4), TENTHS), max_size=30))
def test_the_fit_is_least_squares_and_keeps_the_mean(marks):
    marks = list({(entry, marker): (entry, marker, total) for entry, marker, total in marks}.values())
    found = equalised(marks)
    if not found.is_connected:
        return

    left = {(e, m): Fraction(total) - found.averages[e] - found.effects[m] for e, m, total in marks}
    for axis in (0, 1):
        for key in {mark[axis] for mark in marks}:
            assert sum(value for cell, value in left.items() if cell[axis] == key) == 0
    assert sum(found.effects[marker] for _, marker, _ in marks) == 0


def test_markers_who_share_no_entry_cannot_be_compared():
    apart = [(1, 1, Decimal(50)), (1, 2, Decimal(60)), (2, 3, Decimal(90)), (2, 4, Decimal(80))]

    assert not equalised(apart).is_connected
    assert equalised(apart).averages == {}
    assert equalised([*apart, (2, 2, Decimal(70))]).is_connected
    assert equalised([]).is_connected


@pytest.mark.django_db
def test_entries_stand_by_their_average():
    plan, entries, members = make_scene(entries=3)
    for entry, numbers in zip(entries, [(40, 40), (50, 31), (41, 41)], strict=True):
        for member, number in zip(members, numbers, strict=True):
            give(entry, member, number, 30)
    found = standings(plan)

    assert [(s.entry, s.rank, s.average) for s in found] == [
        (entries[2], 1, 71),
        (entries[1], 2, Fraction(141, 2)),
        (entries[0], 3, 70),
    ]
    assert (found[1].median, found[1].spread, found[1].waits_for) == (Fraction(141, 2), Decimal(19), 0)


@pytest.mark.django_db
def test_a_tie_is_an_equal_average_and_visible():
    plan, entries, members = make_scene(entries=3)
    for entry, numbers in zip(entries, [(40, 41), (41, 40), (30, 30)], strict=True):
        for member, number in zip(members, numbers, strict=True):
            give(entry, member, number, 30)

    assert [(s.rank, s.is_tied) for s in standings(plan)] == [(1, True), (1, True), (3, False)]


@pytest.mark.django_db
def test_what_waits_for_a_mark_has_no_rank_yet():
    plan, entries, members = make_scene(entries=3, gap=Decimal(10))
    give(entries[0], members[0], 60, 40)
    for member, number in zip(members, (50, 39.9), strict=True):
        give(entries[1], member, number, 30)
    draft_of(entries[2], members[0], 60, 40)

    found = {s.entry: s for s in standings(plan)}

    assert {entry: (s.rank, s.waits_for, len(s.marks)) for entry, s in found.items()} == {
        entries[0]: (None, 1, 1),
        entries[1]: (None, 1, 2),
        entries[2]: (None, 2, 0),
    }


@pytest.mark.django_db
def test_after_closing_two_marks_are_enough():
    plan, (entry,), members = make_scene(marks_wanted=3)
    for member in members:
        give(entry, member, 50, 30)
    assert standings(plan)[0].rank is None

    close(plan, by=make_user())

    assert standings(plan)[0].rank == 1


@pytest.mark.django_db
def test_a_recused_members_mark_does_not_count():
    plan, (entry,), members = make_scene(seats=3)
    for member, number in zip(members, (50, 50, 40), strict=True):
        give(entry, member, number, 30)
    recuse(members[2], entry, "Quen.", by=make_user())

    assert (standings(plan)[0].average, len(standings(plan)[0].marks)) == (80, 2)


@pytest.mark.django_db
def test_what_a_complaint_excluded_takes_no_rank():
    plan, entries, members = make_scene(entries=2)
    for entry, number in zip(entries, (60, 50), strict=True):
        for member in members:
            give(entry, member, number, 30)
    conclude(hold(entries[0]), ComplaintState.UPHELD, "Chép.", by=make_user())

    assert [(s.entry, s.rank, s.is_excluded) for s in standings(plan)] == [
        (entries[1], 1, False),
        (entries[0], None, True),
    ]


@pytest.mark.django_db
def test_a_strict_and_a_mild_marker_are_made_equal_apart_from_the_rank():
    plan, entries, members = make_scene(entries=3, seats=3, gap=Decimal(50))
    for entry, worth, pair in zip(entries, (35, 36, 37), [(0, 1), (1, 2), (2, 0)], strict=True):
        for number in pair:
            give(entry, members[number], worth + (0, 5, 10)[number], 30)
    found, fit = standings_and_effects(plan)

    assert fit.effects == {members[0].pk: -5, members[1].pk: 0, members[2].pk: 5}
    assert {s.entry: s.adjusted for s in found} == {entries[0]: 70, entries[1]: 71, entries[2]: 72}
    assert {s.entry: s.rank for s in found} == {entries[1]: 1, entries[2]: 2, entries[0]: 3}
    assert {s.entry: s.adjusted_rank for s in found} == {entries[2]: 1, entries[1]: 2, entries[0]: 3}


@pytest.mark.django_db
@pytest.mark.parametrize("entries", [1, 3])
def test_standings_cost_as_much_for_many_as_for_one(entries, django_assert_num_queries):
    plan, entries, members = make_scene(entries=entries)
    for entry in entries:
        for member in members:
            give(entry, member, 50, 30)

    with django_assert_num_queries(4):
        standings(plan)
