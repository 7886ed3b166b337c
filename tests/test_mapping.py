"""What a typed name of a unit means (R3): mapping it moves all its initiatives, and later ones follow by themselves."""

import uuid

import pytest

from accounts.models import Level
from initiatives import mapping
from initiatives.changing import withdraw
from initiatives.codes import new_code, new_secret
from initiatives.mapping import map_unit
from initiatives.models import Initiative
from initiatives.screening import accept, reject
from initiatives.timeline import steps_for_staff, timeline_of
from initiatives.unit_aliases import UnitAlias
from record.models import Event
from record.verifying import broken_links
from tests.factories import (
    IN_TIME,
    make_initiative,
    make_typed,
    make_union,
    make_user,
)
from tests.refusals import refused
from tests.typed_units import KEY, TYPED, units

pytestmark = pytest.mark.django_db

# Mapping


def test_mapping_a_name_moves_all_initiatives_sent_with_it_however_it_was_written(top, unit):
    for name in (TYPED, "ldld huyen dai tu", "Liên đoàn Lao động huyện  Đại Từ"):
        make_typed(top, name)

    moved = map_unit(top, KEY, unit, by=make_user())

    assert (moved.number, moved.kept, moved.is_all) == (3, 0, True)
    assert {(i.unit, i.branch, i.unit_other) for i in Initiative.objects.all()} == {(unit, unit, "")}
    assert Initiative.objects.under(unit).count() == 3
    assert not Initiative.objects.without_unit(top).exists()


def test_a_unit_below_an_upper_union_brings_its_branch(top, unit):
    make_typed(top, TYPED)
    below = make_union(Level.GRASSROOTS, unit)

    map_unit(top, KEY, below, by=make_user())

    assert Initiative.objects.values_list("unit", "branch").get() == (below.pk, unit.pk)


def test_other_names_other_top_unions_and_picked_units_stay_where_they_are(top, unit):
    make_typed(top, TYPED)
    others = [make_typed(top, "LĐLĐ huyện Đồng Hỷ"), make_typed(make_union(Level.TOP), TYPED), make_initiative(unit)]
    before = Initiative.objects.filter(pk__in=[other.pk for other in others]).values_list("pk", "unit", "version")
    before = set(before)

    assert map_unit(top, KEY, unit, by=make_user()).number == 1

    after = Initiative.objects.filter(pk__in=[other.pk for other in others]).values_list("pk", "unit", "version")
    assert set(after) == before


def test_status_and_answers_stay_and_the_record_keeps_what_was_typed(top, unit):
    staff, initiative = make_user(), make_typed(top, TYPED)
    accept(initiative, by=make_user(), version=1)

    map_unit(top, KEY, unit, by=staff)

    initiative.refresh_from_db()
    assert (initiative.status, initiative.version) == ("ACCEPTED", 3)
    event = Event.objects.of(initiative).last()
    assert (event.number, event.deed, event.by) == (3, "unit_mapped", staff)
    assert event.before == {"unit": None, "branch": None, "unit_other": TYPED}
    assert event.after == {"unit": unit.pk, "branch": unit.pk, "unit_other": ""}
    assert not list(broken_links())


def test_author_and_staff_read_in_the_timeline_what_the_name_became(top, unit):
    initiative = make_typed(top, TYPED)
    map_unit(top, KEY, unit, by=make_user(full_name="Trần Ghép"))

    step = timeline_of(initiative)[-1]
    assert (step.words, step.detail) == ("Công đoàn đã ghép tên đơn vị", f"{TYPED} → {unit.name}")
    assert (steps_for_staff(initiative)[-1].words, steps_for_staff(initiative)[-1].by) == (
        "Ghép tên đơn vị",
        "Trần Ghép",
    )


def test_it_is_still_found_by_what_was_typed(top, unit):
    make_typed(top, TYPED)
    map_unit(top, KEY, unit, by=make_user())

    assert Initiative.objects.matching("đại từ").count() == 1


def test_withdrawn_and_rejected_ones_do_not_wait_but_move_along(top, unit):
    withdraw(make_typed(top, TYPED), arrived_at=IN_TIME)
    reject(make_typed(top, TYPED), "Trùng.", by=make_user(), version=1)
    with refused("nothing_waits"):
        map_unit(top, KEY, unit, by=make_user())
    make_typed(top, TYPED)

    assert map_unit(top, KEY, unit, by=make_user()).number == 3


@pytest.mark.parametrize("together", [1, 2, 3])
def test_many_are_moved_chunk_by_chunk(top, unit, together, monkeypatch):
    monkeypatch.setattr(mapping, "MOVED_TOGETHER", together)
    for _ in range(3):
        make_typed(top, TYPED)

    assert map_unit(top, KEY, unit, by=make_user()).number == 3
    assert units() == [unit.pk] * 3


@pytest.mark.parametrize(("number", "first", "is_all"), [(1, 1, True), (2, 2, True), (3, 2, False)])
def test_one_call_moves_so_many_and_another_one_goes_on(top, unit, number, first, is_all, monkeypatch):
    monkeypatch.setattr(mapping, "MOST_MOVED", 2)
    for _ in range(number):
        make_typed(top, TYPED)

    moved = map_unit(top, KEY, unit, by=make_user())
    assert (moved.number, moved.is_all) == (first, is_all)
    if not is_all:
        assert map_unit(top, KEY, unit, by=make_user()).number == number - first
    assert units() == [unit.pk] * number


def make_many(top, number):
    """This many initiatives with the same typed name, stored past the deed."""
    first = make_typed(top, TYPED)
    values = {
        field.attname: getattr(first, field.attname) for field in Initiative._meta.fields if field.attname != "id"
    }
    keys = ({"code": new_code(), "secret": new_secret(), "submission_id": uuid.uuid4()} for _ in range(number - 1))
    Initiative.objects.bulk_create(Initiative(**values | key) for key in keys)


@pytest.mark.parametrize("number", [1, 30])
def test_mapping_and_changing_it_cost_the_same_for_any_number_of_initiatives(
    top, unit, number, django_assert_num_queries
):
    make_many(top, number)
    staff, right = make_user(), make_union(parent=top)

    with django_assert_num_queries(15):
        assert map_unit(top, KEY, unit, by=staff).number == number
    with django_assert_num_queries(15):
        assert map_unit(top, KEY, right, by=staff, instead_of=unit).number == number


# What is refused


@pytest.mark.parametrize(
    "wrong",
    [
        lambda top: make_union(),
        lambda top: top,
        lambda top: make_union(parent=top, is_active=False),
        lambda top: None,
    ],
)
def test_a_name_means_an_active_unit_below_its_top_union(top, wrong):
    make_typed(top, TYPED)

    with refused("no_unit_of_top"):
        map_unit(top, KEY, wrong(top), by=make_user())

    assert units() == [None]
    assert not UnitAlias.objects.exists()


@pytest.mark.parametrize("key", [KEY, ""])
def test_a_name_with_which_nothing_waits_is_not_mapped(top, unit, key):
    make_initiative(unit)

    with refused("nothing_waits"):
        map_unit(top, key, unit, by=make_user())

    assert not UnitAlias.objects.exists()


def test_mapping_again_to_the_same_unit_says_that_nothing_waits(top, unit):
    make_typed(top, TYPED)
    map_unit(top, KEY, unit, by=make_user())

    with refused("nothing_waits"):
        map_unit(top, KEY, unit, by=make_user())


def test_what_a_colleague_mapped_to_another_unit_is_not_mapped_over_it(top, unit):
    make_typed(top, TYPED)
    map_unit(top, KEY, make_union(parent=top), by=make_user())

    with refused("already_mapped"):
        map_unit(top, KEY, unit, by=make_user())
