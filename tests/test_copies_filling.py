"""The index of prints filled in large blocks is the one that is filled one by one, and pairs are found afterwards."""

from functools import partial

import pytest

from initiatives import copies_filling, copies_index
from initiatives.changing import withdraw
from initiatives.copies_filling import fill_prints, reckoned, store
from initiatives.copies_index import nearest, sign_missed, sweep
from initiatives.copies_models import Fingerprint, Resemblance, Signature
from initiatives.models import Initiative
from tests.factories import IN_TIME
from tests.racing import at_once
from tests.test_copies_index import pairs, prints_are_right, rewrite, send

pytestmark = pytest.mark.django_db


def send_some():
    """Three that have a text in common with another, two that have not, one that was taken back."""
    sent = [send(number) for number in (0, 1, 0, 2, 3)]
    withdraw(send(3), arrived_at=IN_TIME)
    return sent


def test_prints_are_there_first_and_pairs_follow():
    first, _, second, *_ = send_some()

    assert fill_prints() == 6
    assert prints_are_right()
    assert nearest(second) == [(100, first)]
    assert not Resemblance.objects.exists()
    assert sign_missed() == 6
    assert pairs() == [(first.pk, second.pk)]
    assert prints_are_right()
    assert sign_missed() == 0


def test_it_is_the_same_index_as_one_by_one():
    send_some()
    sign_missed()
    one_by_one = set(Fingerprint.objects.values_list("number", "initiative_id"))
    digests = dict(Signature.objects.values_list("pk", "digest"))
    for model in (Fingerprint, Signature):
        model.objects.all().delete()

    fill_prints()

    assert set(Fingerprint.objects.values_list("number", "initiative_id")) == one_by_one
    assert dict(Signature.objects.values_list("pk", "digest")) == digests


def ends():
    """Return the first and the last key."""
    keys = Initiative.objects.order_by("pk").values_list("pk", flat=True)
    return keys.first(), keys.last()


@pytest.mark.once
def test_other_processes_reckon_the_same(monkeypatch):
    send_some()
    here = [sorted(rows) for _, rows in reckoned(*ends())]
    monkeypatch.setattr(copies_filling, "MANY", 0)

    assert [sorted(rows) for _, rows in reckoned(*ends())] == here


def test_stopped_it_goes_on_where_it_was(monkeypatch):
    send_some()
    keys = list(Initiative.objects.order_by("pk").values_list("pk", flat=True))
    monkeypatch.setattr(copies_filling, "FILLED_TOGETHER", 2)

    def stop(reached, last, filled):
        if reached >= keys[2]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill_prints(told=stop)
    there = Signature.objects.count()

    assert 0 < there < 6
    assert fill_prints() == 6 - there
    assert fill_prints() == 0
    assert prints_are_right()


def test_what_somebody_signed_meanwhile_is_left_as_it_is():
    first, *_ = send_some()
    [(_, rows)] = reckoned(*ends())
    rewrite(first, 4)
    sweep_now()

    store(rows)

    assert prints_are_right()
    assert Signature.objects.get(pk=first.pk).version == 2


def test_what_changes_between_reckoning_and_comparing_is_put_right():
    first, _, second, *_ = send_some()
    fill_prints()
    rewrite(second, 5)

    sign_missed()

    assert prints_are_right()
    assert not pairs()
    assert nearest(first) == []


def sweep_now():
    original, copies_index.DEEDS_LAST = copies_index.DEEDS_LAST, copies_index.timedelta(seconds=-1)
    try:
        sweep()
    finally:
        copies_index.DEEDS_LAST = original


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_fill_at_once_store_each_print_once():
    send_some()
    [(_, rows)] = reckoned(*ends())

    assert at_once(partial(store, rows), partial(store, rows)) == [None, None]
    assert Signature.objects.count() == len(rows)
    assert prints_are_right()
