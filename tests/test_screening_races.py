"""Two people on the same rows at the same moment: no change is lost, and nobody waits for ever."""

from functools import partial

import pytest

from initiatives import screening
from initiatives.changing import correct
from initiatives.models import Initiative
from initiatives.screening import ACCEPT, REJECT, screen_many
from record.verifying import broken_links
from tests.factories import IN_TIME, answers, make_initiative, make_staff, make_union
from tests.racing import at_once, slowly, while_open

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def scene(number=3):
    unit = make_union()
    initiatives = [make_initiative(unit) for _ in range(number)]
    return unit, make_staff(unit), initiatives, {initiative.pk: 1 for initiative in initiatives}


def corrects(initiative, unit):
    return partial(correct, initiative, answers(unit, title="Tên mới"), version=1, arrived_at=IN_TIME)


def screens(seen, verdict, by, told):
    def call():
        told.append(screen_many(seen, verdict, "Trùng.", by=by))

    return call


def test_an_authors_edit_under_way_is_not_overwritten():
    unit, staff, initiatives, seen = scene()
    told = []

    outcomes = while_open(corrects(initiatives[1], unit), screens(seen, REJECT, staff, told))

    assert outcomes == [None, None]
    assert told[0].fit == [initiatives[0], initiatives[2]]
    stored = Initiative.objects.get(pk=initiatives[1].pk)
    assert (stored.title, stored.status, stored.version) == ("Tên mới", "SENT", 2)
    assert not list(broken_links())


def test_an_edit_that_comes_while_staff_screen_is_told_that_it_is_stale():
    unit, staff, initiatives, seen = scene()

    outcomes = while_open(screens(seen, ACCEPT, staff, []), corrects(initiatives[0], unit))

    assert outcomes == [None, "stale"]
    assert Initiative.objects.accepted().count() == 3


def test_two_staff_on_the_same_rows_pass_one_verdict_on_each():
    unit, staff, _, seen = scene(6)
    backwards, told = dict(reversed(seen.items())), []

    outcomes = at_once(screens(seen, ACCEPT, staff, told), screens(backwards, REJECT, make_staff(unit), told))

    assert outcomes == [None, None]
    assert sorted(len(found.fit) for found in told) == [0, 6]
    assert set(Initiative.objects.values_list("version", flat=True)) == {2}
    assert len(set(Initiative.objects.values_list("status", flat=True))) == 1
    assert not list(broken_links())


def test_without_the_lock_the_same_race_passes_two_verdicts(monkeypatch):
    unit, staff, _, seen = scene(3)
    sort_out = screening.sort_out
    monkeypatch.setattr(screening, "sort_out", slowly(lambda *args, lock, **more: sort_out(*args, **more)))
    monkeypatch.setattr(screening, "write_many", lambda *args, **more: None)  # whose numbers would clash
    told = []

    at_once(screens(seen, ACCEPT, staff, told), screens(seen, REJECT, make_staff(unit), told))

    assert [len(found.fit) for found in told] == [3, 3]


def test_without_the_lock_a_verdict_would_fall_on_a_text_that_nobody_has_read(monkeypatch):
    unit, staff, (initiative,), seen = scene(1)
    sort_out = screening.sort_out
    monkeypatch.setattr(screening, "sort_out", lambda *args, lock, **more: sort_out(*args, **more))
    monkeypatch.setattr(screening, "write_many", lambda *args, **more: None)  # whose numbers would clash
    told = []

    outcomes = while_open(corrects(initiative, unit), screens(seen, ACCEPT, staff, told))

    assert (outcomes, told[0].fit) == ([None, None], [initiative])
    initiative.refresh_from_db()
    assert (initiative.title, initiative.status) == ("Tên mới", "ACCEPTED")
