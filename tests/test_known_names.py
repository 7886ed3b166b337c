"""What a typed name of a unit means is remembered: later initiatives follow, and it can be put right."""

import pytest
from django.urls import reverse

from accounts.models import Level, Union
from dossiers.quota import put_forward
from initiatives import mapping
from initiatives.mapping import forget, map_unit
from initiatives.models import Initiative
from initiatives.moving import move_unit
from initiatives.screening import accept
from initiatives.unit_aliases import UnitAlias
from record.models import Event
from record.verifying import broken_links
from tests.factories import (
    make_alias,
    make_dossier,
    make_initiative,
    make_plan,
    make_staff,
    make_typed,
    make_union,
    make_user,
)
from tests.pages import filled_in, form_on, says, signed_in
from tests.typed_units import KEY, TYPED, units

pytestmark = pytest.mark.django_db


def test_a_later_initiative_with_the_name_moves_at_once(top, unit):
    make_typed(top, TYPED)
    map_unit(top, KEY, unit, by=make_user())

    later = make_typed(top, "ldld h.dai tu")

    assert (later.unit, later.branch, later.unit_other, later.version) == (unit, unit, "", 2)
    deeds = [(event.deed, event.by_name) for event in Event.objects.of(later)]
    assert deeds == [("sent", "tác giả"), ("unit_mapped", "hệ thống")]
    assert make_typed(make_union(Level.TOP), TYPED).unit is None


def test_a_name_whose_unit_is_no_longer_active_waits_again(top, unit):
    make_alias(unit=unit)
    Union.objects.filter(pk=unit.pk).update(is_active=False)

    assert make_typed(top, TYPED).unit is None


def test_a_name_whose_unit_is_no_longer_active_can_be_given_another(top, unit):
    make_typed(top, TYPED)
    map_unit(top, KEY, unit, by=make_user())
    Union.objects.filter(pk=unit.pk).update(is_active=False)
    make_typed(top, TYPED)
    right = make_union(parent=top, name="LĐLĐ huyện Đại Từ")
    client = signed_in(make_staff(top))

    page = client.get(reverse("typed_names", args=[top.code]))
    assert "Ghép vào LĐLĐ huyện Đại Từ" in says(page)
    form = form_on(client.get(f"{reverse('map_name', args=[top.code])}?ten={KEY}"))
    form.fields["unit"] = right.code
    client.post(form.action, filled_in(form))

    assert units() == [right.pk] * 2


def test_a_forgotten_name_waits_again_and_what_was_moved_stays(top, unit):
    make_typed(top, TYPED)
    map_unit(top, KEY, unit, by=make_user())
    alias = UnitAlias.objects.get()

    forget(alias, by=make_user())
    forget(alias, by=make_user())
    make_typed(top, TYPED)

    assert units() == [unit.pk, None]
    assert list(Event.objects.filter(subject_kind="unitalias").values_list("deed", flat=True)) == [
        "created",
        "forgotten",
    ]


def test_changing_what_a_name_means_moves_what_it_had_moved(top, unit):
    right, elsewhere = make_union(parent=top), make_union(parent=top)
    moved, exception, picked = make_typed(top, TYPED), make_typed(top, TYPED), make_initiative(unit)
    map_unit(top, KEY, unit, by=make_user())
    move_unit(exception, elsewhere, by=make_user(), version=2)

    assert map_unit(top, KEY, right, by=make_user(), instead_of=unit).number == 1

    assert units() == [right.pk, elsewhere.pk, unit.pk]
    assert UnitAlias.objects.get().unit == right
    assert Event.objects.of(moved).last().deed == "unit_moved"
    assert Event.objects.of(picked).count() == 1
    assert make_typed(top, TYPED).unit == right


def test_a_meaning_changes_when_all_that_it_moved_has_followed(top, unit, monkeypatch):
    right = make_union(parent=top)
    for _ in range(3):
        make_typed(top, TYPED)
    map_unit(top, KEY, unit, by=make_user())
    monkeypatch.setattr(mapping, "MOST_MOVED", 2)

    assert not map_unit(top, KEY, right, by=make_user(), instead_of=unit).is_all
    assert UnitAlias.objects.get().unit == unit
    assert map_unit(top, KEY, right, by=make_user(), instead_of=unit).is_all

    assert units() == [right.pk] * 3
    assert UnitAlias.objects.get().unit == right


def test_what_stands_in_a_dossier_stays_with_its_union_and_the_rest_moves(top, unit):
    right, plan = make_union(parent=top), make_plan(top)
    for _ in range(5):
        make_typed(top, TYPED, plan.campaign)
    map_unit(top, KEY, unit, by=make_user())
    dossier = make_dossier(unit, plan, entries=1)
    entered = Initiative.objects.order_by("pk")[2]
    entered = accept(entered, by=make_user(), version=2)
    put_forward(dossier, entered, by=make_user())

    moved = map_unit(top, KEY, right, by=make_user(), instead_of=unit)

    assert (moved.number, moved.kept) == (4, 1)
    assert Initiative.objects.filter(unit_key=KEY, unit=right).count() == 4
    entered.refresh_from_db()
    assert (entered.unit, entered.branch) == (unit, unit)
    assert [event.deed for event in Event.objects.of(entered)] == ["sent", "unit_mapped", "accepted"]
    assert not list(broken_links())
