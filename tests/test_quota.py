"""R10, R14: a union puts forward what was accepted, within its quota."""

from datetime import date

import pytest

from accounts.models import Level
from dossiers.models import Dossier, QuotaException
from dossiers.quota import move, open_dossier, put_forward, take_out
from initiatives.changing import correct, withdraw
from initiatives.screening import accept, reject
from record.models import Event
from tests.factories import (
    IN_TIME,
    answers,
    make_campaign,
    make_dossier,
    make_filed,
    make_initiative,
    make_plan,
    make_staff,
    make_union,
    make_user,
)
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def one_more(dossier, **values):
    """Put another accepted initiative of the dossier's union forward."""
    initiative = make_initiative(dossier.union, dossier.plan.campaign, accepted=True, **values)
    return put_forward(dossier, initiative, by=make_user())


def ranks(dossier):
    return list(dossier.entries.standing().values_list("rank", flat=True))


def a_branch(level, quota=None):
    """A plan with the numbers of 2021 and a union below it, which has a quota of its own when one is given."""
    plan = make_plan()
    union = make_union(level, plan.union)
    if quota:
        QuotaException.objects.create(plan=plan, union=union, quota=quota)
    return plan, union


def test_a_district_union_cannot_put_forward_a_fourth_initiative():
    dossier = make_dossier(entries=3)

    with refused("quota_reached"):
        put_forward(dossier, make_initiative(dossier.union, accepted=True), by=make_staff(dossier.union))

    assert dossier.entries.count() == 3


@pytest.mark.parametrize(
    ("level", "own", "quota"),
    [(Level.UPPER, None, 3), (Level.GRASSROOTS, None, 1), (Level.GRASSROOTS, 10, 10), (Level.UPPER, 2, 2)],
)
def test_a_quota_is_full_at_its_number_and_not_before(level, own, quota):
    plan, union = a_branch(level, own)
    assert plan.quota_of(union) == quota
    dossier = make_dossier(union, plan, entries=quota)

    with refused("quota_reached") as refusal:
        one_more(dossier)

    assert ranks(dossier) == list(range(1, quota + 1))
    assert f"{quota} chỉ tiêu" in refusal.value.messages[0]


def test_a_union_that_is_not_right_below_has_no_quota_and_no_dossier():
    plan, union = a_branch(Level.UPPER)
    for other in [make_union(Level.GRASSROOTS, union), make_union(), plan.union]:
        assert plan.quota_of(other) == 0
        with refused("not_a_branch"):
            open_dossier(plan, other, by=make_user())

    assert not Dossier.objects.exists()


def test_opening_a_dossier_twice_opens_it_once():
    plan, union = a_branch(Level.UPPER)

    assert open_dossier(plan, union, by=make_user()) == open_dossier(plan, union, by=make_user())
    assert Event.objects.filter(subject_kind="dossier", deed="opened").count() == 1


def test_an_entry_that_is_taken_out_frees_its_place_and_closes_the_ranks():
    dossier = make_dossier(entries=3)
    first, second, third = dossier.entries.standing()

    take_out(first, by=make_user())

    assert list(dossier.entries.standing()) == [second, third]
    assert ranks(dossier) == [1, 2]
    one_more(dossier)
    assert ranks(dossier) == [1, 2, 3]
    with refused("quota_reached"):
        one_more(dossier)


def test_taking_out_twice_frees_one_place():
    dossier = make_dossier(entries=2)
    entry = dossier.entries.standing().first()

    take_out(entry, by=make_user())
    take_out(entry, by=make_user())

    assert ranks(dossier) == [1]


def test_what_was_taken_out_may_come_back():
    dossier = make_dossier(entries=1)
    entry = dossier.entries.get()
    take_out(entry, by=make_user())

    put_forward(dossier, entry.initiative, by=make_user())

    assert dossier.entries.standing().get().initiative == entry.initiative
    assert dossier.entries.count() == 2


@pytest.mark.parametrize("how", ["withdrawn", "rejected"])
def test_a_withdrawn_or_rejected_initiative_frees_its_place(how):
    dossier = make_dossier(entries=3)
    fallen = dossier.entries.get(rank=2).initiative
    if how == "withdrawn":
        withdraw(fallen, arrived_at=IN_TIME)
    else:
        reject(fallen, "Trùng.", by=make_user(), version=fallen.version)

    one_more(dossier)

    assert ranks(dossier) == [1, 2, 3]
    assert not dossier.entries.standing().filter(initiative=fallen).exists()
    assert dossier.entries.get(initiative=fallen).removal_reason


def test_a_refused_addition_leaves_the_dossier_as_it_was():
    dossier = make_dossier(entries=3)
    dossier.refresh_from_db()

    with refused("quota_reached"):
        one_more(dossier)

    assert Dossier.objects.get().version == dossier.version


@pytest.mark.parametrize("status", ["SENT", "REJECTED", "WITHDRAWN"])
def test_only_what_was_accepted_enters(status):
    dossier = make_dossier()
    initiative = make_initiative(dossier.union)
    if status == "REJECTED":
        reject(initiative, "Trùng.", by=make_user(), version=1)
    if status == "WITHDRAWN":
        withdraw(initiative, arrived_at=IN_TIME)

    with refused("not_accepted"):
        put_forward(dossier, initiative, by=make_user())


def test_an_initiative_of_a_union_below_enters_the_dossier_of_its_branch():
    dossier = make_dossier()
    below = make_union(Level.GRASSROOTS, dossier.union)

    assert put_forward(dossier, make_initiative(below, accepted=True), by=make_user()).rank == 1


def test_another_unions_initiative_does_not_enter():
    dossier = make_dossier()

    for unit in [make_union(parent=dossier.plan.union), make_union()]:
        with refused("not_of_this_union"):
            put_forward(dossier, make_initiative(unit, accepted=True), by=make_user())


def test_an_initiative_of_another_campaign_does_not_enter():
    dossier = make_dossier()
    initiative = make_initiative(dossier.union, make_campaign(is_running=False), accepted=True)

    with refused("not_of_this_union"):
        put_forward(dossier, initiative, by=make_user())


def test_an_initiative_outside_a_period_that_was_narrowed_does_not_enter():
    dossier = make_dossier()
    initiative = make_initiative(dossier.union, accepted=True, started_on=date(2021, 2, 1))
    campaign = dossier.plan.campaign
    campaign.practice_from = date(2021, 2, 2)
    campaign.save()

    with refused("outside_practice_period"):
        put_forward(dossier, initiative, by=make_user())


def test_an_initiative_enters_a_dossier_once():
    dossier = make_dossier(entries=1)

    with refused("already_entered"):
        put_forward(dossier, dossier.entries.get().initiative, by=make_user())


def test_an_initiative_that_moved_to_another_union_does_not_enter_a_second_dossier():
    dossier = make_dossier(entries=1)
    other = make_dossier(make_union(parent=dossier.plan.union), dossier.plan)
    initiative = dossier.entries.get().initiative
    moved = correct(initiative, answers(other.union), version=initiative.version, arrived_at=IN_TIME)
    moved = accept(moved, by=make_user(), version=moved.version)

    with refused("already_entered"):
        put_forward(other, moved, by=make_user())


def test_a_filed_dossier_takes_nothing_in_and_gives_nothing_out():
    dossier = make_filed()
    entry = dossier.entries.get()

    for change in [
        lambda: one_more(dossier),
        lambda: take_out(entry, by=make_user()),
        lambda: move(entry, 1, by=make_user()),
    ]:
        with refused("dossier_closed"):
            change()


def test_an_entry_moves_up_and_down_and_stops_at_the_ends():
    dossier = make_dossier(entries=3)
    first, second, third = dossier.entries.standing()

    move(third, -1, by=make_user())
    assert list(dossier.entries.standing()) == [first, third, second]
    move(first, 1, by=make_user())
    assert list(dossier.entries.standing()) == [third, first, second]
    move(third, -1, by=make_user())
    move(second, 1, by=make_user())
    assert list(dossier.entries.standing()) == [third, first, second]
    assert ranks(dossier) == [1, 2, 3]


def test_each_change_of_a_dossier_counts_and_is_on_record():
    dossier = make_dossier(entries=2)
    first = dossier.entries.get(rank=1)
    move(first, 1, by=make_user())
    take_out(first, by=make_user())

    assert Dossier.objects.get().version == 5
    deeds = Event.objects.of(dossier).values_list("deed", flat=True)
    assert list(deeds) == ["opened", "entry_added", "entry_added", "entry_moved", "entry_removed"]


def test_the_summary_is_copied_with_co_authors_and_benefit():
    dossier = make_dossier()

    entry = one_more(dossier, co_authors="Lê Văn Hai\n\nPhạm Thị Ba")

    assert entry.authors == "Nguyễn Thị Hoà\nLê Văn Hai\nPhạm Thị Ba"
    assert entry.birth_years == "1985"
    assert entry.position == "Công nhân may, Xưởng may số 2"
    assert entry.practised == "Từ 15/02/2021"
    assert entry.effect == "Giảm một nửa thời gian cắt.\nGiá trị làm lợi: 12.000.000 đồng."


def test_the_longest_initiative_fits_into_its_entry():
    entry = one_more(
        make_dossier(),
        full_name="ệ" * 100,
        co_authors="ệ" * 500,
        job_title="ệ" * 100,
        workplace="ệ" * 200,
        title="ệ" * 200,
        description="ệ" * 1000,
        effect="ệ" * 1000,
        benefit=10**15,
    )

    assert entry.effect == "ệ" * 1000


def test_a_secret_is_summarised_as_such():
    assert one_more(make_dossier(), description="", is_secret=True).summary == "Bí mật công nghệ"


def test_two_fallen_initiatives_free_two_places():
    dossier = make_dossier(entries=3)
    for entry in dossier.entries.filter(rank__lte=2):
        withdraw(entry.initiative, arrived_at=IN_TIME)

    one_more(dossier)
    one_more(dossier)

    assert ranks(dossier) == [1, 2, 3]
    with refused("quota_reached"):
        one_more(dossier)
