"""R10, R16: before it freezes, a quota may be lowered under entries that are already there."""

import pytest

from dossiers.quota import move, take_out
from tests.factories import make_dossier, make_user
from tests.refusals import refused

pytestmark = pytest.mark.django_db


def lower_quota(dossier, quota):
    type(dossier.plan).objects.filter(pk=dossier.plan_id).update(quota_upper=quota)


def test_after_the_quota_was_lowered_entries_can_still_be_taken_out_from_the_top():
    dossier = make_dossier(entries=3)
    lower_quota(dossier, 1)

    take_out(dossier.entries.get(rank=1), by=make_user())
    take_out(dossier.entries.get(rank=1), by=make_user())

    assert dossier.entries.standing().get().rank == 1


def test_a_dossier_above_its_quota_is_not_put_into_another_order():
    dossier = make_dossier(entries=3)
    lower_quota(dossier, 1)

    with refused("quota_exceeded"):
        move(dossier.entries.get(rank=1), 1, by=make_user())

    assert [entry.rank for entry in dossier.entries.standing()] == [1, 2, 3]
