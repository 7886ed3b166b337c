"""Letters are written with what they tell, sent later, and never lost or doubled."""

import smtplib
from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from outbox import sending
from outbox.limits import FIRST_PAUSE, LONGEST_PAUSE, MOST_IN_ONE_RUN, MOST_TRIES
from outbox.models import Message
from outbox.posting import post
from outbox.sending import pause_after, send_due, send_one
from tests.factories import make_campaign, make_national_user, make_union, make_user
from tests.pages import send_form, typed

pytestmark = pytest.mark.django_db


class DeadServer(EmailBackend):
    """A mail server that answers nothing, or one address badly."""

    refusing = None

    def send_messages(self, messages):
        if self.refusing is None or self.refusing in messages[0].to:
            raise ConnectionRefusedError(111, "Connection refused")
        return super().send_messages(messages)


class PickyServer(DeadServer):
    refusing = "sai@example.vn"


@pytest.fixture
def dead_server(settings):
    settings.EMAIL_BACKEND = "tests.test_outbox.DeadServer"


def write_letter(about="HS-1", recipient="a@example.vn", **values):
    values = {"subject": "Biên nhận", "body": "Đã nhận."} | values
    return post("receipt", about, recipient, **values)


def test_a_letter_waits_until_the_queue_sends_it():
    letter = write_letter()
    assert mail.outbox == []

    assert send_due() == 1

    letter.refresh_from_db()
    assert letter.sent_at
    assert (mail.outbox[0].to, mail.outbox[0].subject, mail.outbox[0].body) == (
        ["a@example.vn"], "Biên nhận", "Đã nhận.",
    )  # fmt: skip


def test_a_letter_is_sent_once():
    letter = write_letter()

    assert [send_due(), send_due(), send_one(letter.pk)] == [1, 0, False]
    assert len(mail.outbox) == 1


def test_a_letter_is_written_once_for_what_it_is_about():
    first = write_letter(subject="Lần đầu")

    assert write_letter(subject="Lần hai") == first
    assert write_letter(recipient="b@example.vn") != first
    assert write_letter(about="HS-2") != first
    assert post("copy", "HS-1", "a@example.vn", "Bản sao", "") != first
    assert Message.objects.get(pk=first.pk).subject == "Lần đầu"


def test_a_dead_server_keeps_the_letter_waiting_with_a_pause_that_doubles(dead_server):
    letter = write_letter()

    for tries in range(1, 4):
        assert send_due() == 0
        letter.refresh_from_db()
        assert (letter.tries, letter.sent_at, letter.given_up_at) == (tries, None, None)
        assert "Connection refused" in letter.last_error
        pause = letter.next_try_at - timezone.now()
        assert abs(pause - FIRST_PAUSE * 2 ** (tries - 1)) < timedelta(seconds=20)
        assert send_due() == 0, "not due before the pause is over"
        assert Message.objects.get().tries == tries
        Message.objects.update(next_try_at=timezone.now())


def test_the_pause_has_a_limit():
    assert pause_after(1) == FIRST_PAUSE
    assert pause_after(MOST_TRIES) == LONGEST_PAUSE


def test_the_letter_goes_out_when_the_server_is_back(dead_server, settings):
    write_letter()
    send_due()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Message.objects.update(next_try_at=timezone.now())

    assert send_due() == 1
    assert Message.objects.get().last_error == ""


@pytest.mark.parametrize(("tries", "given_up"), [(MOST_TRIES - 2, False), (MOST_TRIES - 1, True), (MOST_TRIES, True)])
def test_after_the_last_try_the_letter_is_given_up_for_staff_to_see(dead_server, tries, given_up):
    letter = write_letter()
    Message.objects.update(tries=tries)

    send_due()

    letter.refresh_from_db()
    assert bool(letter.given_up_at) == given_up
    assert Message.objects.waiting().exists() != given_up
    assert letter in Message.objects.visible_to(make_national_user())
    assert letter not in Message.objects.visible_to(make_user())


def test_one_bad_letter_does_not_hold_up_the_others(settings):
    settings.EMAIL_BACKEND = "tests.test_outbox.PickyServer"
    write_letter(recipient="sai@example.vn")
    write_letter(recipient="dung@example.vn")

    assert send_due() == 1
    assert [message.to for message in mail.outbox] == [["dung@example.vn"]]


@pytest.mark.parametrize("number", [MOST_IN_ONE_RUN - 1, MOST_IN_ONE_RUN, MOST_IN_ONE_RUN + 1])
def test_one_run_sends_a_bounded_number_oldest_first(number):
    Message.objects.bulk_create(
        [Message(kind="k", about=str(at), recipient="a@example.vn", subject="s", body="b") for at in range(number)]
    )

    assert send_due() == min(number, MOST_IN_ONE_RUN)


def test_a_slow_server_does_not_keep_the_queue_from_its_other_tasks(monkeypatch):
    monkeypatch.setattr(sending, "LONGEST_RUN_SECONDS", -1)  # over as soon as a letter was sent
    for number in range(3):
        write_letter(about=f"HS-{number}")

    assert [send_due() for _ in range(4)] == [1, 1, 1, 0]


def test_a_dead_mail_server_is_nothing_to_who_sends_an_initiative(client, dead_server, settings):
    response = send_form(client, make_campaign(), typed(make_union()))

    assert response.status_code == 302
    assert client.get(response["Location"]).status_code == 200
    assert (send_due(), Message.objects.waiting().count()) == (0, 1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Message.objects.update(next_try_at=timezone.now())
    assert send_due() == 1


@pytest.mark.parametrize(
    "error",
    [
        smtplib.SMTPRecipientsRefused({"a@example.vn": (550, b"No such user here")}),
        smtplib.SMTPDataError(451, b"Try again later"),
        smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
        TimeoutError("timed out"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_whatever_a_mail_server_says_is_kept_for_staff_and_tried_again(monkeypatch, error):
    letter = write_letter()
    monkeypatch.setattr(EmailBackend, "send_messages", Mock(side_effect=error))

    assert send_due() == 0

    letter.refresh_from_db()
    assert (letter.tries, letter.given_up_at) == (1, None)
    assert type(error).__name__ in letter.last_error
    assert letter.next_try_at > timezone.now()


def test_nothing_is_sent_of_what_was_rolled_back():
    with transaction.atomic():
        write_letter()
        transaction.set_rollback(True)

    assert send_due() == 0
    assert mail.outbox == []


@pytest.mark.parametrize("subject", ["Hồ sơ\r\nBcc: x@evil.vn", "Hồ sơ\nBcc: x@evil.vn", "Hồ sơ\u2028Bcc: x@evil.vn"])
def test_a_line_break_in_a_subject_adds_no_header(subject):
    write_letter(subject=subject, body="Nội dung\r\nBcc: y@evil.vn")

    send_due()

    (message,) = mail.outbox
    assert message.subject == "Hồ sơ Bcc: x@evil.vn"
    assert message.message()["Bcc"] is None
    assert message.recipients() == ["a@example.vn"]


def test_a_line_break_in_an_address_sends_nothing():
    letter = write_letter(recipient="a@example.vn\nBcc: x@evil.vn")

    assert send_due() == 0

    letter.refresh_from_db()
    assert letter.last_error
    assert mail.outbox == []


@pytest.mark.parametrize("length", [249, 250, 251])
def test_a_long_subject_is_cut_to_what_fits(length):
    assert len(write_letter(subject="ệ" * length).subject) == min(length, 250)


def test_attachments_are_read_from_the_store_and_named_for_people():
    path = default_storage.save("letters/x", ContentFile(b"%PDF-1.7"))
    write_letter(attachments=[("tờ-trình.pdf", path)])

    send_due()

    assert mail.outbox[0].attachments[0][:2] == ("tờ-trình.pdf", b"%PDF-1.7")


def test_a_letter_whose_attachment_is_gone_waits():
    letter = write_letter(attachments=[("a.pdf", "letters/khong-co.pdf")])

    assert send_due() == 0

    letter.refresh_from_db()
    assert "FileNotFoundError" in letter.last_error


def test_a_letter_that_is_sent_again_after_a_crash_has_the_same_message_id():
    letter, other = write_letter(), write_letter(about="HS-2")
    send_due()
    Message.objects.filter(pk=letter.pk).update(sent_at=None)  # as if the worker died before it could write it down
    send_due()

    ids = [message.message()["Message-ID"] for message in mail.outbox]
    assert len(ids) == 3
    assert sorted(ids.count(one) for one in set(ids)) == [1, 2]
    assert f"<thu-{other.pk}@" in ids[1]
