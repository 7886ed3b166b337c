"""Two people at the same typed name, and its author at the same initiative, each with its negative control."""

from functools import partial

import pytest

from accounts.models import Level
from initiatives import mapping
from initiatives.changing import correct
from initiatives.mapping import map_unit
from initiatives.models import Initiative
from initiatives.moving import move_unit
from initiatives.unit_aliases import UnitAlias
from record.models import Event
from record.verifying import broken_links
from tests.factories import IN_TIME, answers, make_typed, make_union, make_user
from tests.racing import at_once, while_open, without_backstop

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

TYPED, KEY = "LĐLĐ h. Đại Từ", "lien doan lao dong huyen dai tu"
EVENTS = (Event, ["subject_kind", "subject_id", "number"])


def make_rivals(number=3):
    """A name with which initiatives wait, and two colleagues about to map it to different units."""
    top = make_union(Level.TOP)
    for _ in range(number):
        make_typed(top, TYPED)
    return top, [partial(map_unit, top, KEY, make_union(parent=top), by=make_user()) for _ in range(2)]


def test_of_two_colleagues_one_maps_the_whole_name_and_the_other_is_told():
    _, calls = make_rivals()

    assert sorted(at_once(*calls), key=str) == [None, "already_mapped"]

    assert set(Initiative.objects.values_list("unit", flat=True)) == {UnitAlias.objects.get().unit_id}
    assert Event.objects.filter(deed="unit_mapped").count() == 3
    assert not list(broken_links())


def test_the_same_mapping_twice_at_once_moves_once():
    _, (call, _) = make_rivals()

    assert sorted(at_once(call, call), key=str) == [None, "nothing_waits"]

    assert Event.objects.filter(deed="unit_mapped").count() == 3


def correction(top, **values):
    initiative = Initiative.objects.get()
    values = answers(top=top, unit_other=TYPED) | values
    return partial(correct, initiative, values, version=1, arrived_at=IN_TIME)


def test_an_author_who_corrects_while_the_name_is_mapped_is_told():
    top, (call, _) = make_rivals(1)

    assert while_open(call, correction(top, title="Mới")) == [None, "stale"]

    assert Initiative.objects.get().unit is not None
    assert not list(broken_links())


def test_a_mapping_moves_what_its_author_has_just_corrected_and_keeps_the_correction():
    top, (call, _) = make_rivals(1)

    assert while_open(correction(top, title="Mới"), call) == [None, None]

    initiative = Initiative.objects.get()
    assert (initiative.title, initiative.unit, initiative.version) == ("Mới", UnitAlias.objects.get().unit, 3)
    assert not list(broken_links())


def test_a_mapping_leaves_alone_what_its_author_has_just_given_another_unit():
    top, (call, _) = make_rivals(1)
    own = make_union(parent=top)

    assert while_open(correction(top, unit=own, unit_other=""), call) == [None, "nothing_waits"]

    assert Initiative.objects.get().unit == own
    assert not UnitAlias.objects.exists()


def test_without_the_lock_the_mapping_would_move_it_all_the_same(monkeypatch):
    top, (call, _) = make_rivals(1)
    own = make_union(parent=top)
    monkeypatch.setattr(mapping, "locked", lambda initiatives: initiatives.select_related("unit"))

    with without_backstop(EVENTS):
        assert while_open(correction(top, unit=own, unit_other=""), call) == [None, None]

        assert Initiative.objects.get().unit != own


def test_an_initiative_moved_by_hand_and_by_its_name_at_once_has_one_unit_and_one_chain():
    top, (call, _) = make_rivals(1)
    by_hand = partial(move_unit, Initiative.objects.get(), make_union(parent=top), by=make_user(), version=1)

    assert while_open(call, by_hand) == [None, "stale"]
    assert not list(broken_links())
