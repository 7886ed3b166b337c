"""Eight members who choose at once, RACE_ROUNDS times: never a 31st award, a 5th nomination, two of one (R15)."""

import os
from collections import Counter
from functools import partial

import pytest

from awards import selection
from awards.line import Line
from awards.models import Award, Kind
from awards.selection import choose
from config import clock
from dossiers.models import Plan
from record.models import Event
from record.verifying import broken_links
from tests.factories import make_plan, make_user, make_valid
from tests.racing import crowd, slowly, without_backstop, without_index

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

# A thousand before a release: they take more than a minute.
ROUNDS = int(os.environ.get("RACE_ROUNDS", "100"))
MEMBERS = 8
LIMITS = {Kind.PROVINCE: 30, Kind.NATIONAL: 4}
FREE = 2
UNMARKED = Line(is_drawn=False)


def make_table():
    """A plan with two places left of each kind, and the eight choices of its members.

    Four want an award and four a nomination; two of each four want it for the same entry.
    """
    awarded, nominated = (LIMITS[kind] - FREE for kind in Kind)
    plan = make_plan(quota_upper=awarded, award_limit=LIMITS[Kind.PROVINCE], nomination_limit=LIMITS[Kind.NATIONAL])
    by = make_user()
    chosen = list(make_valid(plan=plan, entries=awarded).entries.order_by("rank"))
    for entry in chosen:
        choose(plan, entry, Kind.PROVINCE, by=by, line=UNMARKED)
    for entry in chosen[:nominated]:
        choose(plan, entry, Kind.NATIONAL, by=by, line=UNMARKED)
    rivals = [make_valid(plan=plan).entries.get() for _ in range(3)]
    wanted = [(Kind.PROVINCE, rivals), (Kind.NATIONAL, chosen[nominated : nominated + 3])]
    calls = [
        partial(choose, plan, entry, kind, by=make_user(), line=UNMARKED)
        for kind, (first, *others) in wanted
        for entry in (first, first, *others)
    ]
    return plan, calls


def standing(plan):
    return Award.objects.standing().filter(plan=plan)


def given(plan):
    """Return how many places of each kind are given, and what was given twice."""
    awards = Counter(standing(plan).values_list("kind", "entry"))
    return Counter(kind for kind, _ in awards.elements()), [award for award in awards if awards[award] > 1]


def free_again(plan, kept):
    """Take back what a round gave, as `take_back` does, in one statement."""
    return standing(plan).exclude(pk__in=kept).update(place=None, taken_back_at=clock.now())


def test_eight_members_choosing_at_once_a_thousand_times_never_give_more_than_there_is():
    plan, calls = make_table()
    kept = list(standing(plan).values_list("pk", flat=True))
    with crowd(MEMBERS) as together:
        for number in range(ROUNDS):
            outcomes = together(*(calls[(number + place) % MEMBERS] for place in range(MEMBERS)))

            assert Counter(outcomes)[None] == FREE * len(Kind), outcomes
            assert set(outcomes) <= {None, "no_place_left", "already_chosen"}
            assert given(plan) == (LIMITS, [])
            assert free_again(plan, kept) == FREE * len(Kind)
    assert not list(broken_links())


def test_without_lock_and_backstop_eight_members_would_give_more_than_there_is_and_one_twice(monkeypatch):
    plan, calls = make_table()
    kept = list(standing(plan).values_list("pk", flat=True))
    monkeypatch.setattr(selection, "lock_plan", lambda plan: Plan.objects.get(pk=plan.pk))
    for name in ("lock_dossier", "locked_initiative"):
        monkeypatch.setattr(selection, name, lambda row: row)
    monkeypatch.setattr(selection, "limit_of", slowly(selection.limit_of, pause=0.1))
    most, twice = Counter(), []
    uniques = (Award, ["plan_id", "kind", "place"]), (Event, ["subject_kind", "subject_id", "number"])
    with without_index("award_given_once"), without_backstop(*uniques), crowd(MEMBERS) as together:
        for _ in range(3):
            together(*calls)
            numbers, doubled = given(plan)
            most |= numbers
            twice += doubled
            free_again(plan, kept)

    assert all(most[kind] > limit for kind, limit in LIMITS.items()), most
    assert {kind for kind, _ in twice} == set(Kind)
