"""A council marks: independently, whole, and changed only with a reason (R15, R20)."""

from decimal import Decimal

import pytest

from accounts.models import Level
from accounts.roles import grant
from awards.complaints import conclude
from awards.criteria import rules_of
from awards.findings import judge_invalid
from awards.marking import close, correct, keep, recuse
from awards.models import ComplaintState, Score, ScoreSheet
from awards.publishing import publish
from awards.scoring import entries_to_mark, progress_of, seat_of
from awards.selection import choose
from config import clock
from initiatives.changing import withdraw
from record.models import Event
from tests.boards import hold
from tests.factories import make_plan, make_union, make_user, make_valid
from tests.refusals import refused
from tests.scoring import draft_of, give, make_member, make_scene, make_seat, points

pytestmark = pytest.mark.django_db


def test_a_sheet_is_kept_as_a_draft_and_handed_in_whole():
    _, (entry,), (member, _) = make_scene()

    sheet = draft_of(entry, member, 50, None, comment="Đang xem.")
    assert (sheet.submitted_at, sheet.total, sheet.comment) == (None, None, "Đang xem.")
    with refused("incomplete"):
        give(entry, member, 50, None)
    sheet = give(entry, member, 50.5, 30)

    assert sheet.total == Decimal("80.5")
    assert list(Score.objects.filter(sheet=sheet).values_list("band__label", flat=True)) == ["Cao", "Cao"]


def test_nothing_that_was_refused_is_stored():
    _, (entry,), (member, _) = make_scene()

    with refused("incomplete"):
        give(entry, member, 50, None)

    assert not ScoreSheet.objects.exists()
    assert rules_of(entry.plan).begun_at is None


@pytest.mark.parametrize(("given", "code"), [(60, None), (60.1, "outside_band"), (29.95, "outside_band"), (30, None)])
def test_points_lie_within_a_band(given, code):
    _, (entry,), (member, _) = make_scene()

    if code:
        with refused(code):
            give(entry, member, given, 10)
    else:
        give(entry, member, given, 10)


def test_points_outside_the_chosen_band_are_refused():
    plan, (entry,), (member, _) = make_scene()
    criterion = plan.criteria.get(position=1)
    low = criterion.bands.get(label="Thấp")

    with refused("outside_band"):
        keep(entry, member, {criterion.pk: (low.pk, Decimal(40))}, "", by=member.user, version=0)


def test_a_tab_that_is_behind_is_refused():
    plan, (entry,), (member, _) = make_scene()
    sheet = draft_of(entry, member, 50, 30)

    for version in (0, sheet.version + 1):
        with refused("stale"):
            keep(entry, member, points(plan, 10, 10), "", by=member.user, version=version)


def test_a_sheet_that_is_handed_in_changes_by_a_correction_that_says_why():
    plan, (entry,), (member, _) = make_scene()
    sheet = give(entry, member, 50, 30)
    with refused("handed_in"):
        give(entry, member, 60, 40)
    with refused("reason_missing"):
        correct(sheet, points(plan, 60, 40), "", " ", by=member.user, version=sheet.version)
    with refused("stale"):
        correct(sheet, points(plan, 60, 40), "", "Nhầm.", by=member.user, version=sheet.version - 1)
    with refused("incomplete"):
        correct(sheet, points(plan, 60), "", "Nhầm.", by=member.user, version=sheet.version)

    sheet = correct(sheet, points(plan, 60, 40), "Sửa.", "Cộng nhầm.", by=member.user, version=sheet.version)

    assert sheet.total == 100
    event = Event.objects.of(sheet).last()
    assert (event.deed, event.reason, event.before, event.after["entry"]) == (
        "score_corrected",
        "Cộng nhầm.",
        {},
        entry.pk,
    )
    assert event.personal.before["scores"] == {"Tính mới": "50", "Hiệu quả": "30"}
    assert event.personal.after["total"] == "100"


def test_a_draft_needs_no_correction():
    plan, (entry,), (member, _) = make_scene()
    sheet = draft_of(entry, member, 50, 30)

    with refused("not_handed_in"):
        correct(sheet, points(plan, 60, 40), "", "Nhầm.", by=member.user, version=sheet.version)


def test_after_publication_nothing_changes():
    plan, (entry,), (member, other) = make_scene()
    sheet = give(entry, member, 50, 30)
    choose(plan, entry, "PROVINCE", by=make_user())
    publish(plan, "12/QĐ", clock.today(), by=make_user())

    with refused("published"):
        correct(sheet, points(plan, 60, 40), "", "Nhầm.", by=member.user, version=sheet.version)
    with refused("published"):
        give(entry, other, 50, 30)
    with refused("published"):
        recuse(other, entry, "Quen.", by=other.user)


def test_only_entries_of_valid_dossiers_are_marked_even_while_a_complaint_holds_them():
    _, (entry, held), (member, _) = make_scene(entries=2)
    hold(held)

    give(held, member, 50, 30)
    judge_invalid(entry.dossier, "Sai.", by=make_user())

    with refused("not_eligible"):
        give(entry, member, 50, 30)


def test_what_its_author_withdrew_is_not_marked():
    _, (entry,), (member, _) = make_scene()
    withdraw(entry.initiative, arrived_at=clock.now())

    with refused("not_eligible"):
        give(entry, member, 50, 30)


@pytest.mark.parametrize("home", ["branch", "below"])
def test_nobody_marks_what_the_own_union_put_forward(home):
    plan, (entry,), _ = make_scene()
    branch = entry.dossier.union
    member = make_seat(plan, home_union=branch if home == "branch" else make_union(Level.GRASSROOTS, branch))

    assert not entries_to_mark(seat_of(member.user, plan)).exists()
    with refused("conflict"):
        give(entry, member, 50, 30)


def test_nobody_marks_what_a_union_put_forward_that_one_works_for():
    plan, (entry,), (member, _) = make_scene()
    grant(member.user, make_union(Level.GRASSROOTS, entry.dossier.union), "STAFF")

    assert not entries_to_mark(seat_of(member.user, plan)).exists()
    with refused("conflict"):
        give(entry, member, 50, 30)


def test_a_neighbour_and_who_works_for_the_top_union_have_no_conflict():
    plan, (entry,), _ = make_scene()

    for home in (plan.union, make_union(parent=plan.union)):
        member = make_seat(plan, home_union=home)
        assert list(entries_to_mark(seat_of(member.user, plan))) == [entry]
        give(entry, member, 50, 30)


def test_who_steps_aside_marks_no_more_and_no_longer_counts():
    plan, (entry,), (member, other) = make_scene()
    give(entry, member, 50, 30)
    for each in (member, other):
        recuse(each, entry, "Quen tác giả.", by=each.user)

    with refused("recused"):
        give(entry, other, 50, 30)
    assert not ScoreSheet.objects.counting().exists()
    assert not entries_to_mark(seat_of(other.user, plan)).exists()


def test_stepping_aside_wants_a_reason_and_happens_once():
    _, (entry,), (member, _) = make_scene()
    with refused("reason_missing"):
        recuse(member, entry, " . ", by=member.user)
    first = recuse(member, entry, "Quen.", by=member.user)

    assert recuse(member, entry, "Khác.", by=member.user) == first


def test_who_left_the_council_marks_no_more():
    plan, (entry,), _ = make_scene()
    member = make_member(plan, left_at=clock.now())

    with refused("left"):
        give(entry, member, 50, 30)


def test_without_criteria_nobody_marks():
    plan = make_plan()
    entry = make_valid(plan=plan).entries.get()

    with refused("no_criteria"):
        give(entry, make_seat(plan), 1)


def test_what_still_wants_a_mark_comes_first():
    plan, entries, (member, *others) = make_scene(entries=3, seats=3)
    for other in others:
        give(entries[0], other, 50, 30)
    give(entries[1], member, 50, 30)

    assert list(entries_to_mark(seat_of(member.user, plan))) == [entries[2], entries[0]]


@pytest.mark.parametrize(("second", "wants_third"), [((30, 30), False), ((29.9, 30), True)])
def test_a_third_mark_is_wanted_where_two_differ_by_more_than_the_gap(second, wants_third):
    plan, (entry,), (member, other) = make_scene(gap=Decimal(20))
    third = make_seat(plan)
    give(entry, member, 50, 30)
    give(entry, other, *second)

    assert entries_to_mark(seat_of(third.user, plan)).get().has_enough is not wants_third


def test_once_marking_is_closed_what_has_enough_takes_no_more_and_the_rest_does():
    plan, entries, (member, other) = make_scene(entries=2, marks_wanted=3)
    third = make_seat(plan)
    for each in (member, other):
        give(entries[0], each, 50, 30)
    draft_of(entries[0], third, 10, 10)
    give(entries[1], member, 50, 30)
    close(plan, by=member.user)

    with refused("marking_closed"):
        give(entries[0], third, 10, 10)
    assert list(entries_to_mark(seat_of(third.user, plan))) == [entries[1]]
    give(entries[1], third, 10, 10)
    with refused("already_closed"):
        close(plan, by=member.user)


def test_marking_is_closed_after_it_began_by_who_knows_what_is_left():
    plan, (entry,), (member, _) = make_scene()
    with refused("not_begun"):
        close(plan, by=member.user)
    give(entry, member, 50, 30)
    with refused("not_aware"):
        close(plan, by=member.user, aware=False)


def test_paper_is_typed_in_for_a_member_by_who_has_handed_in_or_does_not_mark():
    plan, (entry,), (_, secretary) = make_scene()
    on_paper = make_member(plan)

    with refused("own_first"):
        give(entry, on_paper, 50, 30, by=secretary.user, is_from_paper=True)
    give(entry, secretary, 50, 30)
    sheet = give(entry, on_paper, 40, 30, by=secretary.user, is_from_paper=True)

    assert (sheet.is_from_paper, sheet.entered_by, sheet.member) == (True, secretary.user, on_paper)
    event = Event.objects.of(sheet).last()
    assert (event.deed, event.by, event.after["is_from_paper"]) == ("sheet_handed_in", secretary.user, True)


@pytest.mark.django_db
def test_what_a_complaint_excluded_waits_for_no_mark():
    plan, (first, second), (member, _) = make_scene(entries=2)
    conclude(hold(first), ComplaintState.UPHELD, "Chép.", by=make_user())

    assert list(entries_to_mark(seat_of(member.user, plan))) == [second]
    assert [row.entry for row in progress_of(plan, rules_of(plan))[1]] == [second]
    with refused("not_eligible"):
        give(first, member, 50, 30)
