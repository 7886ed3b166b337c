"""Processes that are killed with -9 in the midst of their work: whole or not at all, and trying again ends well."""

import os
import signal
from collections import Counter
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connections
from django.test import Client

from initiatives import letters_to_authors, sending, sending_views
from initiatives.models import Initiative
from outbox import sending as outbox_sending
from outbox.models import Message
from outbox.posting import post
from record.models import Event
from tests.factories import make_campaign, make_union
from tests.pages import send_form, typed

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

# Where a sending may be struck: the last two only after the database has it.
BEFORE = [(sending, "insert"), (sending, "write"), (letters_to_authors, "post"), (sending, "follow_alias")]
AFTER = [(sending_views, "go_to")]


def die(*arguments, **values):
    os.kill(os.getpid(), signal.SIGKILL)


def in_a_process_of_its_own(work):
    """Do work in a child that may be killed; returns the signal that ended it, 0 when it came to its end."""
    connections.close_all()  # the child must not speak on our connection
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(child, 0)[1])


def counts():
    return [Initiative.objects.count(), Event.objects.filter(deed="sent").count(), Message.objects.count()]


@pytest.mark.parametrize(("place", "stored"), [*((place, 0) for place in BEFORE), *((place, 1) for place in AFTER)])
def test_who_is_killed_while_storing_stores_all_or_nothing_and_the_retry_gets_the_receipt(place, stored):
    campaign, values = make_campaign(), typed(make_union())

    def send():
        with patch.object(*place, side_effect=die):
            send_form(Client(), campaign, values)

    assert in_a_process_of_its_own(send) == signal.SIGKILL
    assert counts() == [stored] * 3

    response = send_form(Client(), campaign, values)

    assert (response.status_code, counts()) == (302, [1, 1, 1])
    assert response["Location"] == Initiative.objects.get().private_path


class Deadly(BaseEmailBackend):
    """Takes letters into a file, and is killed after the third one, before anybody knows that it was taken."""

    taken: Path

    def send_messages(self, messages):
        with self.taken.open("a") as file:
            file.write(f"{messages[0].message()['Message-ID']}\n")
        if len(self.taken.read_text().splitlines()) == 3:
            die()
        return len(messages)


def test_a_sender_of_letters_that_is_killed_loses_none_and_repeats_one_at_most(settings, tmp_path):
    settings.EMAIL_BACKEND, Deadly.taken = "tests.test_kills.Deadly", tmp_path / "taken"
    for number in range(5):
        post("receipt", str(number), "a@example.vn", "Biên nhận", "Đã nhận.")

    assert in_a_process_of_its_own(outbox_sending.send_due) == signal.SIGKILL
    assert Message.objects.waiting().count() == 3
    assert outbox_sending.send_due() == 3

    taken = Counter(Deadly.taken.read_text().split())
    assert not Message.objects.waiting().exists()
    assert sorted(taken.values()) == [1, 1, 1, 1, 2]
