"""A worker that dies, or a world that changes, between confirming an import and storing it: whole or not at all."""

from unittest.mock import patch

import pytest

from accounts.models import Level
from initiatives import importing
from initiatives.import_models import State
from initiatives.limits import IMPORT_TRIES
from initiatives.models import Initiative
from tests.factories import IN_TIME, make_union
from tests.papers import paper, run_queue, upload, workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def union():
    return make_union()


class Killed(BaseException):
    pass


@pytest.mark.parametrize("place", ["write_many", "mark_known", "settle"])
def test_a_worker_that_is_killed_while_storing_leaves_nothing_and_the_next_one_finishes(union, place):
    found = upload(union, workbook([paper(1), paper(2)]))
    importing.confirm(found, by=found.by, arrived_at=IN_TIME)

    with patch.object(importing, place, side_effect=Killed), pytest.raises(Killed):
        importing.store(found.pk)
    assert not Initiative.objects.exists()

    run_queue()
    found.refresh_from_db()
    assert (found.state, Initiative.objects.count()) == (State.DONE, 2)


def test_an_import_that_is_killed_each_time_has_failed(union):
    found = upload(union, workbook([paper()]))
    importing.confirm(found, by=found.by, arrived_at=IN_TIME)

    with patch.object(importing, "judge", side_effect=Killed):
        for _ in range(IMPORT_TRIES):
            with pytest.raises(Killed):
                importing.store(found.pk)
        importing.store(found.pk)

    found.refresh_from_db()
    assert found.state == State.FAILED
    assert "không lưu gì" in found.refusal


def test_what_became_wrong_after_the_preview_is_refused_when_it_is_stored(union):
    below = make_union(Level.GRASSROOTS, union)
    found = upload(union, workbook([paper(1), paper(2, unit=below.code)]))
    importing.confirm(found, by=found.by, arrived_at=IN_TIME)
    type(below).objects.filter(pk=below.pk).update(is_active=False)

    run_queue()

    found.refresh_from_db()
    assert (found.state, found.problem_count) == (State.REFUSED, 1)
    assert not Initiative.objects.exists()


def test_a_campaign_that_was_closed_meanwhile_fails_the_import(union):
    found = upload(union, workbook([paper()]))
    importing.confirm(found, by=found.by, arrived_at=IN_TIME)
    type(found.campaign).objects.update(closes_at=IN_TIME)

    run_queue()

    found.refresh_from_db()
    assert found.state == State.FAILED
    assert "đóng" in found.refusal
