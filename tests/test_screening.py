"""A union accepts or rejects what its members sent; only what was accepted goes on (R14)."""

import pytest

from initiatives.changing import withdraw
from initiatives.models import Initiative, Status
from initiatives.screening import accept, reject
from record.models import Event
from tests.factories import IN_TIME, make_initiative, make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_union_accepts_an_initiative():
    initiative = accept(make_initiative(), by=make_user(), version=1)

    initiative.refresh_from_db()
    assert (initiative.status, initiative.version) == (Status.ACCEPTED, 2)
    assert list(Initiative.objects.accepted()) == [initiative]
    assert not Initiative.objects.waiting().exists()


def test_a_union_rejects_an_initiative_with_a_reason():
    initiative = reject(make_initiative(), "  Trùng \r\n nội dung. ", by=make_user(), version=1)

    initiative.refresh_from_db()
    assert (initiative.status, initiative.status_reason) == (Status.REJECTED, "Trùng \n nội dung.")
    assert not Initiative.objects.standing().exists()


@pytest.mark.parametrize("reason", ["", "  ", "...", "\u200b"])
def test_a_rejection_needs_a_reason(reason):
    with refused("reason_missing"):
        reject(make_initiative(), reason, by=make_user(), version=1)


@pytest.mark.parametrize("length", [1, 499, 500])
def test_a_reason_of_up_to_500_characters_is_kept(length):
    assert len(reject(make_initiative(), "ệ" * length, by=make_user(), version=1).status_reason) == length


def test_a_reason_of_501_characters_is_refused():
    with refused("reason_too_long"):
        reject(make_initiative(), "ệ" * 501, by=make_user(), version=1)


def test_whoever_decides_on_a_stale_page_is_told():
    initiative = make_initiative()
    accept(initiative, by=make_user(), version=1)

    with refused("stale"):
        reject(initiative, "Trùng.", by=make_user(), version=1)

    initiative.refresh_from_db()
    assert initiative.status == Status.ACCEPTED


def test_a_withdrawn_initiative_is_not_screened():
    initiative = withdraw(make_initiative(), arrived_at=IN_TIME)

    with refused("withdrawn"):
        accept(initiative, by=make_user(), version=initiative.version)


def test_a_decision_can_be_changed_and_clears_the_old_reason():
    initiative = reject(make_initiative(), "Trùng.", by=make_user(), version=1)

    assert accept(initiative, by=make_user(), version=2).status_reason == ""


def test_a_decision_is_on_record_with_who_and_why():
    by, initiative = make_user(), make_initiative()
    reject(initiative, "Trùng.", by=by, version=1)

    event = Event.objects.of(initiative).last()
    assert (event.deed, event.by, event.by_name, event.reason) == ("rejected", by, by.full_name, "Trùng.")
    assert (event.before["status"], event.after["status"]) == ("SENT", "REJECTED")
