"""What mapping and moving mean for an author who sends again or corrects (R7, R8), and moving one initiative."""

import uuid

import pytest

from accounts.models import Level
from initiatives.changing import correct
from initiatives.mapping import map_unit
from initiatives.models import Initiative
from initiatives.moving import move_unit
from initiatives.sending import send
from initiatives.unit_aliases import UnitAlias
from record.models import Event
from tests.factories import (
    IN_TIME,
    answers,
    make_alias,
    make_campaign,
    make_dossier,
    make_initiative,
    make_typed,
    make_union,
    make_user,
)
from tests.refusals import refused
from tests.typed_units import KEY, TYPED, units

pytestmark = pytest.mark.django_db


def as_form(initiative, **values):
    """What the author's correction page sends back when nothing was touched, but for these values."""
    return answers(initiative.unit, initiative.top, unit_other=initiative.unit_other) | values


# R7 and the author's corrections


@pytest.mark.parametrize("when", ["mapped before", "mapped after"])
def test_the_same_submission_sent_again_is_the_same_initiative_when_its_unit_was_mapped(top, unit, when):
    campaign, submission_id, typed = make_campaign(), uuid.uuid4(), answers(top=top, unit_other=TYPED)
    if when == "mapped before":
        make_alias(unit=unit)
    first = send(campaign, submission_id, typed, arrived_at=IN_TIME)
    if when == "mapped after":
        map_unit(top, KEY, unit, by=make_user())

    assert send(campaign, submission_id, typed, arrived_at=IN_TIME) == first
    for other in ({"title": "Khác"}, {"unit_other": "LĐLĐ huyện Đồng Hỷ"}):
        with refused("already_sent"):
            send(campaign, submission_id, typed | other, arrived_at=IN_TIME)


def test_an_author_whose_unit_was_mapped_meanwhile_is_told_and_the_second_try_keeps_the_unit(top, unit):
    initiative = make_typed(top, TYPED)
    page = as_form(initiative, title="Tên mới")
    map_unit(top, KEY, unit, by=make_user())

    with refused("stale"):
        correct(initiative, page, version=1, arrived_at=IN_TIME)
    corrected = correct(initiative, page, version=2, arrived_at=IN_TIME)

    assert (corrected.title, corrected.unit, corrected.branch, corrected.unit_other) == ("Tên mới", unit, unit, "")
    corrected.refresh_from_db()
    assert corrected.unit == unit


def test_saving_the_page_of_a_mapped_initiative_unchanged_changes_nothing(top, unit):
    initiative = make_typed(top, TYPED)
    map_unit(top, KEY, unit, by=make_user())
    initiative.refresh_from_db()

    assert correct(initiative, as_form(initiative), version=2, arrived_at=IN_TIME).version == 2


def test_an_author_who_picks_another_unit_keeps_it(top, unit):
    initiative = make_typed(top, TYPED)
    map_unit(top, KEY, unit, by=make_user())
    other = make_union(parent=top)

    corrected = correct(initiative, as_form(initiative, unit=other, unit_other=""), version=2, arrived_at=IN_TIME)

    assert (corrected.unit, corrected.branch) == (other, other)


def test_a_correction_that_types_another_name_waits_for_that_name(top, unit):
    initiative = make_initiative(unit)

    correct(initiative, as_form(initiative, unit=None, unit_other=TYPED), version=1, arrived_at=IN_TIME)

    assert list(Initiative.objects.without_unit(top).known_by(KEY)) == [initiative]


# Moving one


def test_one_initiative_is_moved_to_another_unit_and_the_record_says_from_where(top, unit):
    initiative, right = make_initiative(unit, accepted=True), make_union(parent=top)

    moved = move_unit(initiative, right, by=make_user(), version=2)

    assert (moved.unit, moved.branch, moved.status, moved.version) == (right, right, "ACCEPTED", 3)
    event = Event.objects.of(initiative).last()
    assert (event.deed, event.reason) == ("unit_moved", f"{unit.name} → {right.name}")


def test_moving_one_with_a_typed_unit_remembers_nothing(top, unit):
    move_unit(make_typed(top, TYPED), unit, by=make_user(), version=1)

    assert units() == [unit.pk]
    assert not UnitAlias.objects.exists()


def test_moving_to_where_it_is_changes_nothing(unit):
    initiative = make_initiative(unit)

    assert move_unit(initiative, unit, by=make_user(), version=99).version == 1


def test_moving_is_refused_to_a_foreign_unit_on_an_old_page_and_out_of_a_dossier(top, unit):
    right = make_union(parent=top)
    initiative = make_dossier(unit, entries=1).entries.get().initiative

    with refused("no_unit_of_top"):
        move_unit(initiative, make_union(), by=make_user(), version=2)
    with refused("stale"):
        move_unit(initiative, right, by=make_user(), version=1)
    with refused("in_a_dossier"):
        move_unit(initiative, right, by=make_user(), version=2)
    assert units() == [unit.pk]


def test_within_its_branch_an_initiative_moves_although_it_stands_in_a_dossier(unit):
    initiative = make_dossier(unit, entries=1).entries.get().initiative
    below = make_union(Level.GRASSROOTS, unit)

    assert move_unit(initiative, below, by=make_user(), version=2).unit == below


def test_an_author_corrects_the_unit_although_the_initiative_stands_in_a_dossier(top, unit):
    initiative, right = make_dossier(unit, entries=1).entries.get().initiative, make_union(parent=top)

    assert correct(initiative, as_form(initiative, unit=right), version=2, arrived_at=IN_TIME).branch == right
