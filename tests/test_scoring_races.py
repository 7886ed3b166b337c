"""Two people at the same moment while a council marks, each lock with its negative control."""

from decimal import Decimal
from functools import partial

import pytest

from awards import criteria, marking
from awards.criteria import READY, lay_down, rules_of
from awards.marking import close, keep, recuse
from awards.models import Criterion, Score, ScoreSheet
from awards.ranking import standings
from dossiers.models import Plan
from record.models import Event
from record.verifying import broken_links
from tests.factories import make_user
from tests.racing import at_once, slowly, while_open, without_backstop
from tests.scoring import give, make_scene, points

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

EVENTS = (Event, ["subject_kind", "subject_id", "number"])


def unlocked(plan):
    return Plan.objects.get(pk=plan.pk)


@pytest.fixture
def no_locks(monkeypatch):
    for module in (criteria, marking):
        monkeypatch.setattr(module, "lock_plan", unlocked)
    monkeypatch.setattr(marking, "lock_dossier", lambda dossier: dossier)


def begin_and_edit():
    """A first sheet and new criteria, at the same moment."""
    plan, (entry,), (member, _) = make_scene()
    first = partial(keep, entry, member, points(plan, 50, 30), "", by=member.user, version=0)
    edit = partial(lay_down, plan, READY, 2, Decimal(20), by=make_user(), version=rules_of(plan).version)
    return plan, first, edit


def test_criteria_are_not_edited_under_the_first_sheet():
    plan, first, edit = begin_and_edit()

    assert while_open(first, edit) == [None, "marking_begun"]

    assert Criterion.objects.filter(plan=plan).count() == Score.objects.count() == 2
    assert not list(broken_links())


def test_a_first_sheet_waits_for_criteria_that_are_being_edited():
    plan, first, edit = begin_and_edit()

    outcomes = while_open(edit, first)

    assert outcomes[0] is None
    assert {score.criterion_id for score in Score.objects.all()} <= {c.pk for c in Criterion.objects.filter(plan=plan)}


@pytest.mark.usefixtures("no_locks")
def test_without_the_lock_criteria_would_be_edited_under_the_first_sheet(monkeypatch):
    plan, first, edit = begin_and_edit()
    monkeypatch.setattr(criteria, "check", slowly(criteria.check, pause=0.1))

    with without_backstop(EVENTS, (Score, ["sheet_id", "criterion_id"])):
        outcomes = at_once(first, edit)

        # The sheet is begun and the criteria are laid down anew: its scores hang on nothing, or the edit breaks.
        assert outcomes != [None, "marking_begun"]
        assert rules_of(plan).begun_at


def two_tabs():
    plan, (entry,), (member, _) = make_scene()
    tabs = [
        partial(keep, entry, member, points(plan, number, 30), "", by=member.user, version=0, hand_in=True)
        for number in (50, 40)
    ]
    return entry, tabs


def test_of_two_tabs_that_hand_in_one_is_told():
    entry, tabs = two_tabs()

    assert sorted(at_once(*tabs), key=str) == [None, "stale"]
    assert ScoreSheet.objects.get(entry=entry).total in {70, 80}
    assert not list(broken_links())


@pytest.mark.usefixtures("no_locks")
def test_without_the_lock_two_tabs_would_store_two_sheets(monkeypatch):
    entry, tabs = two_tabs()
    monkeypatch.setattr(marking, "refuse_stale", slowly(marking.refuse_stale))

    with without_backstop((ScoreSheet, ["entry_id", "member_id"]), EVENTS):
        at_once(*tabs)

        assert ScoreSheet.objects.filter(entry=entry).count() > 1


def last_mark_and_close():
    """An entry with two marks; a third is handed in while marking is closed."""
    plan, (entry,), members = make_scene(seats=3, marks_wanted=3)
    for member in members[:2]:
        give(entry, member, 50, 30)
    third = members[2]
    mark = partial(keep, entry, third, points(plan, 10, 10), "", by=third.user, version=0, hand_in=True)
    return plan, mark, partial(close, plan, by=make_user())


def test_no_mark_comes_in_once_all_is_shown():
    plan, mark, end = last_mark_and_close()

    assert while_open(end, mark) == [None, "marking_closed"]
    assert len(standings(plan)[0].marks) == 2


@pytest.mark.usefixtures("no_locks")
def test_without_the_lock_a_mark_would_come_in_after_all_was_shown():
    plan, mark, end = last_mark_and_close()

    with without_backstop(EVENTS):
        assert while_open(end, mark) == [None, None]
        assert len(standings(plan)[0].marks) == 3


def test_who_steps_aside_in_one_tab_hands_nothing_in_from_another():
    plan, (entry,), (member, _) = make_scene()
    aside = partial(recuse, member, entry, "Quen.", by=member.user)
    mark = partial(keep, entry, member, points(plan, 50, 30), "", by=member.user, version=0, hand_in=True)

    assert while_open(aside, mark) == [None, "recused"]
    assert not ScoreSheet.objects.exists()
