"""Letters about decisions while they are being sent: none lost, none sent twice, never two contradictory ones (R17)."""

from functools import partial

import pytest
from django.core import mail

from awards.amending import revoke
from awards.models import Kind
from awards.outcome_letters import hold_back, of_plan, send_now, write_anew
from awards.publishing import publish
from awards.selection import choose
from config import clock
from initiatives.models import Initiative
from outbox import sending
from outbox.querysets import MessageQuerySet
from outbox.sending import send_due
from tests.factories import make_user, make_valid
from tests.published import LATER, NUMBER
from tests.racing import at_once, slowly, while_open

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

AUTHOR = "tac.gia@example.vn"
OLD, NEW = "được khen thưởng.", "lần này chưa được chọn"


@pytest.fixture
def publication():
    """A published award whose author's letter is due."""
    entry = make_valid().entries.get()
    Initiative.objects.filter(pk=entry.initiative_id).update(email=AUTHOR)
    choose(entry.plan, entry, Kind.PROVINCE, by=make_user())
    publication = publish(entry.plan, NUMBER, clock.today(), by=make_user())
    publication.entry = entry
    send_now(entry.plan, by=make_user())
    return publication


@pytest.fixture
def unlocked_letters(monkeypatch):
    monkeypatch.setattr(MessageQuerySet, "select_for_update", lambda letters, **_: letters)


def amending(publication):
    return partial(revoke, publication.plan, publication.entry, Kind.PROVINCE, *LATER, by=make_user())


def holding(publication):
    return partial(hold_back, publication.plan, by=make_user())


def sent():
    return [letter.body for letter in mail.outbox if letter.to == [AUTHOR]]


def senders(monkeypatch):
    monkeypatch.setattr(sending, "email_of", slowly(sending.email_of))
    return [sending.send_due] * 2


@pytest.mark.usefixtures("publication")
def test_two_senders_at_once_send_a_letter_once(monkeypatch):
    assert at_once(*senders(monkeypatch)) == [None, None]
    assert len(sent()) == 1


@pytest.mark.usefixtures("publication", "unlocked_letters")
def test_control_without_the_lock_two_senders_send_it_twice(monkeypatch):
    at_once(*senders(monkeypatch))
    assert len(sent()) == 2


def test_a_letter_that_is_being_sent_is_not_held_back(publication):
    assert while_open(send_due, holding(publication)) == [None, None]

    assert len(sent()) == of_plan(publication.plan).exclude(sent_at=None).count() == 1
    write_anew(publication.plan, publication, by=make_user())
    assert of_plan(publication.plan).count() == 1


def test_a_letter_that_is_being_held_back_is_not_sent(publication):
    assert while_open(holding(publication), send_due) == [None, None]
    assert not sent()

    write_anew(publication.plan, publication, by=make_user())
    send_now(publication.plan, by=make_user())
    send_due()
    assert len(sent()) == 1


@pytest.mark.usefixtures("unlocked_letters")
def test_control_without_the_lock_a_letter_that_is_held_back_is_sent(publication):
    while_open(holding(publication), send_due)
    assert len(sent()) == 1


def test_an_amendment_that_meets_a_letter_on_its_way_is_told_in_one_of_its_own(publication):
    assert while_open(send_due, amending(publication)) == [None, None]
    send_due()

    first, second = sent()
    assert OLD in first
    assert "Thu hồi: Khen thưởng cấp tỉnh, ngành" in second


def test_a_letter_that_is_being_changed_is_sent_as_it_then_reads(publication):
    assert while_open(amending(publication), send_due) == [None, None]
    send_due()

    (only,) = sent()
    assert NEW in only


@pytest.mark.usefixtures("unlocked_letters")
def test_control_without_the_lock_the_last_word_would_be_the_old_one(publication):
    while_open(amending(publication), send_due)
    send_due()

    (only,) = sent()
    assert OLD in only
