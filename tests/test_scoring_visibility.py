"""Nobody reads what others gave an entry while the own mark could still follow it (R15)."""

import pytest

from accounts.models import User
from awards.marking import close, recuse
from awards.models import Duty, ScoreSheet
from awards.publishing import publish
from awards.selection import choose
from config import clock
from record.models import Event
from tests.attacks import update
from tests.factories import make_board, make_national_user, make_staff, make_user
from tests.scoring import draft_of, give, make_member, make_scene, make_seat

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def seen(user):
    """Return the keys of the sheets that a user sees, as the next request meets them."""
    return set(ScoreSheet.objects.visible_to(User.objects.get(pk=user.pk)).values_list("pk", flat=True))


@pytest.fixture
def scene():
    return make_scene(seats=3)


def keys(*sheets):
    return {sheet.pk for sheet in sheets}


def test_a_member_sees_the_own_sheet_and_those_of_others_once_it_is_in(scene):
    _, (entry,), (first, second, third) = scene
    sheets = [give(entry, first, 50, 30), give(entry, second, 40, 30)]
    own = draft_of(entry, third, 20, 10)
    assert seen(third.user) == keys(own)

    own = give(entry, third, 20, 10)

    assert seen(third.user) == keys(*sheets, own)
    assert seen(first.user) == keys(*sheets, own)


def test_nobody_sees_anothers_draft(scene):
    _, (entry,), (first, second, _) = scene
    draft_of(entry, first, 50, 30)
    own = give(entry, second, 40, 30)

    assert seen(second.user) == keys(own)


def test_what_is_in_on_one_entry_opens_no_other():
    _, (entry, other), (first, second) = make_scene(entries=2)
    own, hidden = give(entry, first, 50, 30), give(other, second, 40, 30)

    assert seen(first.user) == keys(own)
    assert seen(second.user) == keys(hidden)


@pytest.mark.parametrize("who", ["of the board", "recused", "of the own union", "left"])
def test_who_does_not_mark_an_entry_sees_it_when_enough_are_in(scene, who):
    plan, (entry,), (first, second, third) = scene
    user = make_board(plan.union) if who == "of the board" else third.user
    if who == "recused":
        recuse(third, entry, "Quen.", by=user)
    if who == "of the own union":
        update(third, home_union=entry.dossier.union)
    if who == "left":
        update(third, left_at=clock.now())
    sheets = [give(entry, first, 50, 30)]
    assert seen(user) == set()

    sheets.append(give(entry, second, 40, 30))

    assert seen(user) == keys(*sheets)


def test_two_marks_too_far_apart_are_not_enough(scene):
    plan, (entry,), (first, second, third) = scene
    board = make_board(plan.union)
    sheets = [give(entry, first, 60, 40), give(entry, second, 29, 19)]
    assert seen(board) == set()

    sheets.append(give(entry, third, 40, 30))

    assert seen(board) == keys(*sheets)


def test_a_mark_that_no_longer_counts_is_not_among_the_enough(scene):
    plan, (entry,), (first, second, _) = scene
    for member in (first, second):
        give(entry, member, 50, 30)
    recuse(second, entry, "Quen.", by=second.user)

    assert seen(make_board(plan.union)) == set()


def test_once_marking_is_closed_the_board_sees_what_has_enough_and_nothing_else():
    plan, entries, (first, second, third) = make_scene(entries=2, seats=3, marks_wanted=3)
    sheets = [give(entries[0], first, 50, 30), give(entries[0], second, 50, 30)]
    give(entries[1], first, 50, 30)
    assert seen(third.user) == set()

    close(plan, by=first.user)

    assert seen(third.user) == keys(*sheets)


def test_what_is_typed_in_from_paper_is_seen_by_who_keeps_order_and_has_marked():
    plan, (entry,), (plain, _) = make_scene()
    secretary, clerk = make_seat(plan, Duty.SECRETARY), make_board(plan.union)
    paper = draft_of(entry, make_member(plan), 50, 30, by=clerk, is_from_paper=True)

    assert seen(clerk) == keys(paper)
    assert seen(secretary.user) == seen(plain.user) == set()
    own = give(entry, secretary, 50, 30)
    give(entry, plain, 50, 30)
    assert paper.pk in seen(secretary.user)
    assert paper.pk not in seen(plain.user)
    assert own.pk in seen(plain.user)


def test_a_member_who_typed_in_a_paper_before_being_named_does_not_see_it_until_marking():
    plan, (entry,), _ = make_scene()
    clerk = make_board(plan.union)
    give(entry, make_member(plan), 50, 30, by=clerk, is_from_paper=True)
    assert len(seen(clerk)) == 1

    make_member(plan, user=clerk)

    assert seen(clerk) == set()


def test_national_staff_see_marks_when_they_are_published(scene):
    plan, (entry,), (first, second, third) = scene
    sheets = [give(entry, each, 50, 30) for each in (first, second)]
    draft_of(entry, third, 50, 30)
    national, administrator = make_national_user(), make_user(is_superuser=True)
    assert seen(national) == seen(administrator) == set()

    choose(plan, entry, "PROVINCE", by=make_user())
    publish(plan, "12/QĐ", clock.today(), by=make_user())

    assert seen(national) == seen(administrator) == keys(*sheets)
    assert keys(*sheets) <= seen(third.user)
    assert seen(make_staff(plan.union)) == set()


def test_another_board_union_staff_and_who_lost_the_role_see_nothing(scene):
    _, (entry,), (first, second, _) = scene
    for member in (first, second):
        give(entry, member, 50, 30)
    other = make_board(make_scene()[0].union)
    first.user.memberships.all().delete()
    update(second.user, is_active=False)

    assert seen(other) == seen(make_staff(entry.dossier.union)) == seen(first.user) == seen(second.user) == set()


def test_the_record_holds_no_points_where_national_staff_read_it(scene):
    _, (entry,), (first, *_) = scene
    give(entry, first, 50, 30, comment="Hay.")

    told = [event.before | event.after for event in Event.objects.filter(subject_kind="scoresheet")]
    assert told
    assert not {"scores", "total", "comment"} & {name for each in told for name in each}
