"""Who sits in a plan's council (R15)."""

import pytest

from accounts.models import Level
from awards.council import FIELDS, describe_member, let_go, name_member, seat_again
from awards.marking import recuse
from awards.models import Duty
from awards.publishing import publish
from awards.selection import choose
from config import clock
from record.models import Event
from tests.factories import make_board, make_plan, make_union, make_user
from tests.refusals import refused
from tests.scoring import draft_of, make_member, make_scene, make_seat

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def values_of(**given):
    return {"full_name": "Lê Thị Ủy", "job_title": "", "duty": Duty.MEMBER, "user": None, "home_union": None} | given


def described(member, **given):
    values = {name: getattr(member, name) for name in FIELDS} | given
    return describe_member(member, values, by=make_user(), version=member.version)


def test_a_member_is_named_on_the_record():
    plan, by = make_plan(), make_user()

    member = name_member(plan, values_of(), by=by)

    event = Event.objects.of(member).get()
    assert (event.deed, event.by, event.after["full_name"]) == ("created", by, "Lê Thị Ủy")


def test_an_account_takes_one_seat_and_only_of_its_own_board():
    plan = make_plan()
    board = make_board(plan.union)
    name_member(plan, values_of(user=board), by=board)

    with refused("seated"):
        name_member(plan, values_of(user=board), by=board)
    with refused("no_account"):
        name_member(plan, values_of(user=make_board(make_plan().union)), by=board)


def test_a_council_has_one_chair_at_a_time():
    plan = make_plan()
    chair = make_member(plan, Duty.CHAIR)
    with refused("chair_taken"):
        name_member(plan, values_of(duty=Duty.CHAIR), by=make_user())

    let_go(chair, by=make_user())
    name_member(plan, values_of(duty=Duty.CHAIR), by=make_user())

    with refused("chair_taken"):
        seat_again(chair, by=make_user())


def test_who_has_marked_keeps_the_account_and_no_union_that_was_marked():
    plan, (entry,), (member, _) = make_scene()
    draft_of(entry, member, 50)

    with refused("has_marked"):
        described(member, user=make_board(plan.union))
    for union in (entry.dossier.union, make_union(Level.GRASSROOTS, entry.dossier.union)):
        with refused("conflict"):
            described(member, home_union=union)
    assert described(member, home_union=make_union(parent=plan.union), job_title="Trưởng ban").version == 2


def test_who_stepped_aside_may_turn_out_to_be_of_that_union():
    _, (entry,), (member, _) = make_scene()
    draft_of(entry, member, 50)
    recuse(member, entry, "Cùng đơn vị.", by=member.user)

    assert described(member, home_union=entry.dossier.union).home_union == entry.dossier.union


def test_a_change_of_what_somebody_else_changed_is_refused():
    member = make_seat(make_plan())
    described(member, job_title="Khác")

    with refused("stale"):
        described(member, job_title="Khác nữa")


def test_letting_go_twice_is_letting_go_once():
    member = make_member()
    let_go(member, by=make_user())
    let_go(member, by=make_user())
    seat_again(member, by=make_user())
    seat_again(member, by=make_user())

    assert [event.deed for event in Event.objects.of(member)] == ["left", "seated_again"]


def test_after_publication_the_council_stays():
    plan, (entry,), (member, _) = make_scene()
    choose(plan, entry, "PROVINCE", by=make_user())
    publish(plan, "12/QĐ", clock.today(), by=make_user())

    with refused("published"):
        let_go(member, by=make_user())
    with refused("published"):
        name_member(plan, values_of(), by=make_user())
