"""R14, R15: at most 30 awards, and among them at most 4 nominations, all of valid and unheld entries."""

import pytest

from awards.candidates import candidates, eligible
from awards.findings import judge_invalid
from awards.models import Award, Kind
from awards.publishing import publish
from awards.selection import choose, choose_all, places, take_back
from config import clock
from initiatives.changing import correct, withdraw
from record.models import Event
from tests.factories import (
    IN_TIME,
    answers,
    make_dossier,
    make_filed,
    make_plan,
    make_union,
    make_user,
    make_valid,
)
from tests.refusals import refused

pytestmark = pytest.mark.django_db

PROVINCE, NATIONAL = Kind.PROVINCE, Kind.NATIONAL


def make_candidates(number, **plan):
    """A plan with these values and this many entries that may be chosen."""
    plan = make_plan(quota_upper=max(number, 1), **plan)
    entries = list(make_valid(plan=plan, entries=number).entries.standing())
    plan.refresh_from_db()
    return plan, entries


def give(plan, entries, *kinds):
    return [choose(plan, entry, kind, by=make_user()) for kind in kinds for entry in entries]


def test_places_are_given_in_turn_up_to_the_limit_and_not_beyond():
    plan, entries = make_candidates(4, award_limit=3, nomination_limit=2)

    assert [award.place for award in give(plan, entries[:3], PROVINCE)] == [1, 2, 3]
    with refused("no_place_left") as refusal:
        give(plan, entries[3:], PROVINCE)
    assert "3/3" in refusal.value.messages[0]
    assert places(plan) == [(PROVINCE, 3, 3), (NATIONAL, 0, 2)]


def test_nominations_have_a_limit_of_their_own():
    plan, entries = make_candidates(3, award_limit=3, nomination_limit=2)
    give(plan, entries, PROVINCE)
    give(plan, entries[:2], NATIONAL)

    with refused("no_place_left"):
        give(plan, entries[2:], NATIONAL)

    assert places(plan) == [(PROVINCE, 3, 3), (NATIONAL, 2, 2)]


def test_there_is_no_31st_award_and_no_5th_nomination_in_the_plan_of_2021():
    plan, entries = make_candidates(31)
    give(plan, entries[:30], PROVINCE)
    give(plan, entries[:4], NATIONAL)

    with refused("no_place_left"):
        give(plan, entries[30:], PROVINCE)
    with refused("no_place_left"):
        give(plan, entries[4:5], NATIONAL)

    assert places(plan) == [(PROVINCE, 30, 30), (NATIONAL, 4, 4)]


def test_a_nomination_stands_on_an_award():
    plan, entries = make_candidates(1)

    with refused("not_awarded"):
        give(plan, entries, NATIONAL)


@pytest.mark.parametrize("kind", Kind)
def test_an_entry_is_chosen_once(kind):
    plan, entries = make_candidates(1)
    give(plan, entries, *dict.fromkeys([PROVINCE, kind]))

    with refused("already_chosen"):
        give(plan, entries, kind)

    assert Award.objects.filter(kind=kind).count() == 1


def test_a_place_that_is_taken_back_is_given_again_and_the_old_award_is_kept():
    plan, entries = make_candidates(3, award_limit=2, nomination_limit=1)
    give(plan, entries[:2], PROVINCE)

    take_back(plan, entries[0], PROVINCE, "Nhầm.", by=make_user())
    (award,) = give(plan, entries[2:], PROVINCE)

    assert award.place == 1
    old = Award.objects.get(entry=entries[0])
    assert old.place is None
    assert old.taken_back_at
    assert set(Award.objects.standing().values_list("entry", flat=True)) == {entries[1].pk, entries[2].pk}


def test_what_was_taken_back_can_be_chosen_again():
    plan, entries = make_candidates(1)
    give(plan, entries, PROVINCE)
    take_back(plan, entries[0], PROVINCE, "Nhầm.", by=make_user())

    give(plan, entries, PROVINCE)

    assert Award.objects.standing().count() == 1


def test_taking_back_what_is_not_chosen_changes_nothing():
    plan, entries = make_candidates(1)

    take_back(plan, entries[0], PROVINCE, "Nhầm.", by=make_user())

    assert not Event.objects.of(plan).exists()


def test_an_award_is_kept_while_its_entry_is_nominated():
    plan, entries = make_candidates(1)
    give(plan, entries, PROVINCE, NATIONAL)

    with refused("nominated"):
        take_back(plan, entries[0], PROVINCE, "Nhầm.", by=make_user())
    take_back(plan, entries[0], NATIONAL, "Nhầm.", by=make_user())
    take_back(plan, entries[0], PROVINCE, "Nhầm.", by=make_user())

    assert not Award.objects.standing().exists()


@pytest.mark.parametrize("make", [lambda: make_dossier(entries=1), make_filed], ids=["draft", "filed"])
def test_only_entries_of_valid_dossiers_are_chosen(make):
    dossier = make()

    with refused("not_eligible"):
        give(dossier.plan, dossier.entries.standing(), PROVINCE)
    assert not candidates(dossier.plan).exists()


def test_an_entry_of_an_invalid_dossier_is_not_chosen():
    dossier = make_valid()
    judge_invalid(dossier, "Thiếu dấu.", by=make_user())

    with refused("not_eligible"):
        give(dossier.plan, dossier.entries.standing(), PROVINCE)


def test_an_entry_of_another_plan_is_not_chosen():
    plan, _ = make_candidates(1)
    other = make_valid(make_union())

    with refused("not_eligible"):
        give(plan, other.entries.standing(), PROVINCE)


def test_what_its_author_withdrew_is_no_candidate_and_a_correction_leaves_the_snapshot():
    plan, (withdrawn, corrected) = make_candidates(2)
    withdraw(withdrawn.initiative, arrived_at=IN_TIME)
    initiative = corrected.initiative
    correct(initiative, answers(initiative.unit, title="Khác"), version=initiative.version, arrived_at=IN_TIME)

    assert list(eligible(plan)) == [corrected]
    with refused("not_eligible"):
        give(plan, [withdrawn], PROVINCE)


def test_many_are_chosen_at_once_up_to_the_limit():
    plan, entries = make_candidates(3, award_limit=3, nomination_limit=1)

    choose_all(plan, entries, PROVINCE, by=make_user())

    assert places(plan)[0] == (PROVINCE, 3, 3)


def test_one_too_many_at_once_and_nothing_is_chosen():
    plan, entries = make_candidates(4, award_limit=3, nomination_limit=1)
    give(plan, entries[:1], PROVINCE)

    with refused("no_place_left"):
        choose_all(plan, entries[1:], PROVINCE, by=make_user())

    assert places(plan)[0] == (PROVINCE, 1, 3)


def test_one_that_may_not_be_chosen_and_nothing_is_chosen():
    plan, entries = make_candidates(2)
    withdraw(entries[1].initiative, arrived_at=IN_TIME)

    with refused("not_eligible"):
        choose_all(plan, entries, PROVINCE, by=make_user())

    assert places(plan)[0] == (PROVINCE, 0, 30)


def test_once_published_nothing_is_chosen_or_taken_back():
    plan, entries = make_candidates(2)
    give(plan, entries[:1], PROVINCE)
    publish(plan, "12/QĐ-LĐLĐ", clock.today(), by=make_user())

    with refused("published"):
        give(plan, entries[1:], PROVINCE)
    with refused("published"):
        take_back(plan, entries[0], PROVINCE, "Nhầm.", by=make_user())


def test_each_choice_is_on_record():
    by = make_user()
    plan, (entry,) = make_candidates(1)
    choose(plan, entry, PROVINCE, by=by)
    take_back(plan, entry, PROVINCE, "Nhầm.", by=by)

    chosen, taken_back = Event.objects.of(plan)
    assert (chosen.deed, chosen.by, chosen.after) == ("chosen", by, {"kind": "PROVINCE", "entry": entry.pk, "place": 1})
    assert (taken_back.deed, taken_back.before) == ("taken_back", chosen.after)
