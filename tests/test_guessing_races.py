"""Guesses at the same moment: no more than the limit are answered. With a negative control, as in test_races."""

import time
from datetime import UTC, datetime
from functools import partial
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from initiatives import guessing, tallies
from initiatives.codes import new_code
from initiatives.guessing import find
from initiatives.limits import GUESSES_OF_CODE
from initiatives.tallies import Tally
from tests.factories import make_campaign, make_initiative
from tests.racing import at_once

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

MANY = 16
HERE = "203.0.113.7"


@pytest.fixture(autouse=True)
def _stopped(monkeypatch):
    moment = datetime(2026, 1, 5, 10, 50, tzinfo=UTC)
    monkeypatch.setattr(tallies, "timezone", SimpleNamespace(now=lambda: moment))


def guesses(code, number=MANY):
    campaign = make_campaign()
    return [partial(find, campaign, code, f"+849876543{at:02}", address=HERE) for at in range(number)]


def test_sixteen_guesses_at_once_get_no_more_answers_than_the_limit():
    outcomes = at_once(*guesses(new_code()))

    most = GUESSES_OF_CODE.most
    assert sorted(outcomes, key=str) == [None] * most + ["too_many"] * (MANY - most)
    assert set(Tally.objects.values_list("number", flat=True)) == {1, most}


def test_counted_without_a_lock_sixteen_guesses_at_once_would_get_more(monkeypatch):
    def read_then_write(attempts):
        limit = attempts[0][0]
        tally = Tally.objects.filter(digest=limit.name).first() or Tally(digest=limit.name, number=0)
        if tally.number >= limit.most:
            raise ValidationError("", code="too_many")
        time.sleep(0.1)
        tally.number, tally.ends_at = tally.number + 1, datetime(2026, 1, 5, 11, tzinfo=UTC)
        tally.save()

    monkeypatch.setattr(guessing, "count_each", read_then_write)

    outcomes = at_once(*guesses(new_code()))

    assert outcomes.count("too_many") < MANY - GUESSES_OF_CODE.most


def test_the_right_ones_of_a_whole_factory_at_once_are_all_let_in():
    initiatives = [make_initiative(phone=f"+849876543{at:02}") for at in range(MANY)]

    outcomes = at_once(*(partial(find, i.campaign, i.code, i.phone, address=HERE) for i in initiatives))

    assert outcomes == [None] * MANY
    assert not Tally.objects.exists()


def test_right_and_wrong_guesses_that_cross_neither_block_nor_miscount():
    initiative = make_initiative()
    right = partial(find, initiative.campaign, initiative.code, initiative.phone, address=HERE)
    wrong = [partial(find, initiative.campaign, new_code(), initiative.phone, address=HERE) for _ in range(8)]

    outcomes = at_once(*wrong, *[right] * 8)

    assert outcomes == [None] * MANY
    assert sorted(Tally.objects.values_list("number", flat=True)) == [1] * 8 + [8] * 3
