"""A kept form that two write down at once, and one submission that comes both ways at once: one record (R7)."""

import uuid
from functools import partial

import pytest
from django.db import transaction

from initiatives import keeping
from initiatives.keeping import receive, write_all, write_down
from initiatives.kept_forms import KeptForm
from initiatives.models import Initiative
from record.verifying import broken_links
from tests.factories import IN_TIME, answers, make_campaign
from tests.kept import make_kept
from tests.racing import at_once, slowly, while_open, without_backstop

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
MANY = 8


def written_by(number, made):
    """The calls of so many visitors and the queue who write one kept form down, each noting what it made."""
    submission_id = make_kept().submission_id

    def visit():
        if initiative := write_down(submission_id):
            made.append(initiative.code)

    return [visit] * (number - 1) + [write_all]


def test_visitors_and_the_queue_write_a_kept_form_down_once():
    made = []

    assert at_once(*written_by(MANY, made)) == [None] * MANY

    assert Initiative.objects.count() == 1
    assert made in ([], [Initiative.objects.get().code])
    assert not KeptForm.objects.exists()
    assert not list(broken_links())


def test_without_lock_and_unique_submission_they_would_write_it_several_times(monkeypatch):
    made = []
    calls = written_by(MANY, made)
    monkeypatch.setattr(KeptForm.objects.all().__class__, "select_for_update", lambda rows, **options: rows)
    monkeypatch.setattr(keeping, "answers_of", slowly(keeping.answers_of))
    monkeypatch.setattr(KeptForm, "delete", lambda kept: None)

    with without_backstop((Initiative, ["submission_id"])):
        at_once(*calls)

        assert Initiative.objects.count() > 1


def test_who_comes_while_a_form_is_written_down_waits_for_nothing_and_finds_it_later():
    submission_id = make_kept().submission_id
    found = []

    outcomes = while_open(partial(write_down, submission_id), lambda: found.append(write_down(submission_id)))

    assert outcomes == [None, None]
    assert found == [None]
    assert Initiative.objects.count() == 1


@pytest.mark.parametrize("round_", range(4))
def test_one_submission_that_comes_both_ways_at_once_is_one_record(round_):
    campaign, values, number = make_campaign(), answers(), uuid.uuid4()
    ways = [
        partial(receive, campaign, number, values, arrived_at=IN_TIME, in_rush=in_rush) for in_rush in (True, False)
    ]

    assert at_once(*ways * 4) == [None] * MANY

    write_all()
    assert Initiative.objects.count() == 1
    assert not KeptForm.objects.exists()


def test_what_was_kept_outlives_a_process_that_dies_while_writing():
    """As `kill -9` leaves it: the transaction is never committed."""
    submission_id = make_kept().submission_id

    with transaction.atomic():
        write_down(submission_id)
        transaction.set_rollback(True)

    assert (KeptForm.objects.count(), Initiative.objects.count()) == (1, 0)
    assert write_all() == 1
