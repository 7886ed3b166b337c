"""Two signers, two readers at the same moment: of two copies one finds the other, and one word stands."""

from datetime import timedelta
from functools import partial

import pytest
from django.db.models.query import QuerySet

from initiatives import copies_index, copies_verdicts
from initiatives.copies_index import sign_some
from initiatives.copies_models import Resemblance, Sweep
from initiatives.copies_verdicts import say_no_copy
from record.models import Event
from tests.factories import IN_TIME, make_initiative, make_staff, make_union
from tests.racing import at_once, slowly

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def two_copies():
    unit = make_union()
    pair = [make_initiative(unit, arrived_at=IN_TIME + timedelta(minutes=minute)) for minute in range(2)]
    Sweep.objects.create(pk=1)
    return unit, pair


def sign_both(monkeypatch, copies):
    monkeypatch.setattr(copies_index, "keep_pairs", slowly(copies_index.keep_pairs))
    assert at_once(*(partial(sign_some, [one.pk]) for one in copies)) == [None, None]


def test_of_two_copies_signed_at_the_same_moment_the_second_finds_the_first(monkeypatch):
    _, copies = two_copies()

    sign_both(monkeypatch, copies)

    assert Resemblance.objects.get().earlier == copies[0]


def test_without_the_lock_neither_finds_the_other(monkeypatch):
    _, copies = two_copies()
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)

    sign_both(monkeypatch, copies)

    assert not Resemblance.objects.exists()


def speak_both(monkeypatch):
    unit, (earlier, later) = two_copies()
    pair = Resemblance.objects.create(earlier=earlier, later=later, percent=100, found_at=IN_TIME)
    monkeypatch.setattr(copies_verdicts, "locked", slowly(copies_verdicts.locked))
    words = ["Cùng nhóm.", "Cùng mẫu."]
    return pair, at_once(*(partial(say_no_copy, pair, text, by=make_staff(unit), version=1) for text in words))


def test_of_two_words_at_the_same_moment_one_stands_and_the_other_is_told(monkeypatch):
    pair, outcomes = speak_both(monkeypatch)

    assert sorted(outcomes, key=str) == [None, "stale"]
    assert Event.objects.of(pair).count() == 1


def test_without_the_lock_both_would_be_written(monkeypatch):
    monkeypatch.setattr(QuerySet, "select_for_update", lambda self, **_: self)
    monkeypatch.setattr(copies_verdicts, "write", lambda *args, **more: None)  # whose numbers would clash

    assert speak_both(monkeypatch)[1] == [None, None]
