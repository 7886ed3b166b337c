"""Two people at the same moment. Each lock that guards something scarce has its negative control:

with the lock and the database's own refusal taken out, the same race breaks the rule, so the test can see it.
"""

import uuid
from functools import partial

import pytest

from accounts.models import Level
from awards import selection
from awards.models import Award, Kind
from awards.selection import choose, take_back
from dossiers import quota
from dossiers.models import Dossier, DossierEntry, Plan, QuotaException
from dossiers.quota import put_forward, take_out
from initiatives import sending
from initiatives.models import Initiative
from initiatives.sending import send
from record.models import Event
from record.verifying import broken_links
from tests.factories import (
    IN_TIME,
    answers,
    make_campaign,
    make_dossier,
    make_initiative,
    make_plan,
    make_union,
    make_user,
    make_valid,
)
from tests.racing import at_once, slowly, while_open, without_backstop

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

MANY = 16
EVENTS = (Event, ["subject_kind", "subject_id", "number"])


def record_holds():
    return not list(broken_links())


# R7


def sends(number):
    """The same submission, sent this many times; and the codes that came back."""
    campaign, submission_id, values, codes = make_campaign(), uuid.uuid4(), answers(), []

    def once():
        codes.append(send(campaign, submission_id, values, arrived_at=IN_TIME).code)

    return [once] * number, codes


def test_sixteen_sends_of_one_submission_store_one_initiative():
    calls, codes = sends(MANY)

    assert at_once(*calls) == [None] * MANY

    assert codes == [Initiative.objects.get().code] * MANY
    assert record_holds()


def test_without_the_unique_submission_sixteen_sends_would_store_several(monkeypatch):
    calls, codes = sends(MANY)
    monkeypatch.setattr(sending, "stored_as", slowly(sending.stored_as))

    with without_backstop((Initiative, ["submission_id"])):
        at_once(*calls)

        assert Initiative.objects.count() > 1
        assert len(set(codes)) > 1


# R10


def make_branch(limit):
    """An empty dossier with this quota: 3 and 1 by level, others by name."""
    plan = make_plan()
    union = make_union(Level.GRASSROOTS if limit == 1 else Level.UPPER, plan.union)
    if limit not in {1, 3}:
        QuotaException.objects.create(plan=plan, union=union, quota=limit)
    return make_dossier(union, plan)


def additions(dossier, number):
    by = make_user()
    initiatives = [make_initiative(dossier.union, accepted=True) for _ in range(number)]
    return [partial(put_forward, dossier, initiative, by=by) for initiative in initiatives]


@pytest.mark.parametrize("limit", [1, 3, 10])
def test_sixteen_people_cannot_put_forward_more_than_the_quota(limit):
    dossier = make_branch(limit)

    outcomes = at_once(*additions(dossier, MANY))

    assert sorted(outcomes, key=str) == [None] * limit + ["quota_reached"] * (MANY - limit)
    assert list(dossier.entries.standing().values_list("rank", flat=True)) == list(range(1, limit + 1))
    assert record_holds()


def test_without_the_lock_sixteen_people_would_overrun_the_quota(monkeypatch):
    dossier = make_branch(3)
    calls = additions(dossier, MANY)
    unlocked = Dossier.objects.select_related("plan__campaign", "plan__union", "union__parent")
    monkeypatch.setattr(quota, "lock", lambda dossier: unlocked.get(pk=dossier.pk))
    monkeypatch.setattr(quota, "summary_of", slowly(quota.summary_of))

    with without_backstop((DossierEntry, ["dossier_id", "rank"]), EVENTS):
        at_once(*calls)

        assert dossier.entries.standing().count() > 3


def test_without_the_lock_the_database_still_holds_the_quota(monkeypatch):
    dossier = make_branch(3)
    calls = additions(dossier, MANY)
    unlocked = Dossier.objects.select_related("plan__campaign", "plan__union", "union__parent")
    monkeypatch.setattr(quota, "lock", lambda dossier: unlocked.get(pk=dossier.pk))
    monkeypatch.setattr(quota, "summary_of", slowly(quota.summary_of))

    at_once(*calls)

    assert 1 <= dossier.entries.standing().count() <= 3


def test_a_place_that_is_released_goes_to_one_of_five_who_wait():
    dossier = make_dossier(entries=3)
    calls = additions(dossier, 5)
    leaving = dossier.entries.get(rank=2)

    first, *waiting = while_open(partial(take_out, leaving, by=make_user()), *calls)

    assert first is None
    assert sorted(waiting, key=str) == [None] + ["quota_reached"] * 4
    assert list(dossier.entries.standing().values_list("rank", flat=True)) == [1, 2, 3]


def test_one_initiative_put_forward_twice_at_once_enters_once():
    dossier = make_dossier()
    (call,) = additions(dossier, 1)

    assert sorted(at_once(call, call), key=str) == [None, "already_entered"]


# R15


def make_rivals(kind, limit=3):
    """A plan with one place of a kind left, and the two choices that want it, from two dossiers."""
    limits = {"award_limit": limit if kind == Kind.PROVINCE else limit + 1, "nomination_limit": limit}
    plan = make_plan(quota_upper=limit, **limits)
    first, second = (make_valid(plan=plan, entries=number) for number in (limit, 1))
    entries = [*first.entries.standing(), *second.entries.standing()]
    for entry in entries:
        if kind == Kind.NATIONAL:
            choose(plan, entry, Kind.PROVINCE, by=make_user())
    for entry in entries[: limit - 1]:
        choose(plan, entry, kind, by=make_user())
    return plan, [partial(choose, plan, entry, kind, by=make_user()) for entry in entries[limit - 1 :]]


@pytest.mark.parametrize("kind", Kind)
def test_two_members_cannot_both_give_the_last_place(kind):
    plan, calls = make_rivals(kind)

    assert sorted(at_once(*calls), key=str) == [None, "no_place_left"]

    places = Award.objects.standing().filter(plan=plan, kind=kind).values_list("place", flat=True)
    assert sorted(places) == [1, 2, 3]
    assert record_holds()


@pytest.mark.parametrize("kind", Kind)
def test_without_the_lock_both_would_give_the_last_place(kind, monkeypatch):
    plan, calls = make_rivals(kind)
    monkeypatch.setattr(selection, "lock_plan", lambda plan: Plan.objects.get(pk=plan.pk))
    monkeypatch.setattr(selection, "limit_of", slowly(selection.limit_of))

    with without_backstop((Award, ["plan_id", "kind", "place"]), EVENTS):
        assert at_once(*calls) == [None, None]

        assert Award.objects.standing().filter(plan=plan, kind=kind).count() == 4


def test_one_entry_chosen_twice_at_once_is_chosen_once():
    _, (call, _) = make_rivals(Kind.PROVINCE)

    assert sorted(at_once(call, call), key=str) == [None, "already_chosen"]


def test_an_award_is_not_taken_back_while_it_is_being_nominated():
    dossier = make_valid()
    plan, entry, by = dossier.plan, dossier.entries.get(), make_user()
    choose(plan, entry, Kind.PROVINCE, by=by)

    outcomes = while_open(
        partial(choose, plan, entry, Kind.NATIONAL, by=by),
        partial(take_back, plan, entry, Kind.PROVINCE, "Chọn nhầm.", by=by),
    )

    assert outcomes == [None, "nominated"]
