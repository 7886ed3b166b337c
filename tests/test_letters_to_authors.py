"""An author who gave an e-mail address has the private link sent there, once for each address."""

import uuid
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest
from django.core import mail
from django.urls import reverse

from initiatives import letters_to_authors, sending
from initiatives.changing import correct, withdraw
from initiatives.forms import values_of
from initiatives.limits import MOST_MAILBOXES_OF_ONE
from initiatives.models import Initiative
from initiatives.sending import ANSWERS, send
from outbox.models import Message
from outbox.sending import send_due
from tests.factories import IN_TIME, answers, make_campaign, make_initiative, make_national_user, make_union
from tests.pages import send_form, signed_in, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOA = "hoa@example.vn"


def corrected(initiative, **values):
    kept = {name: getattr(initiative, name) for name in ANSWERS}
    return correct(initiative, kept | values, version=initiative.version, arrived_at=IN_TIME)


def recipients():
    return list(Message.objects.order_by("pk").values_list("recipient", flat=True))


def test_the_letter_holds_all_that_leads_back(settings):
    settings.SITE_URL = "https://sangkien.example.vn"
    arrived_at = datetime(2021, 4, 1, 1, 2, 3, tzinfo=UTC)
    initiative = make_initiative(email=HOA, title="Gá hàn <ống> & kẹp", arrived_at=arrived_at)

    send_due()

    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == ([HOA], f"Đường dẫn riêng của sáng kiến {initiative.shown_code}")
    lines = letter.body.splitlines()
    assert f"https://sangkien.example.vn{initiative.private_path}" in lines
    for words in [
        "Chào bạn Nguyễn Thị Hoà,", "Sáng kiến: Gá hàn <ống> & kẹp", f"Mã sáng kiến: {initiative.shown_code}",
        "Nhận lúc: 08:02:03 ngày 01/04/2021", "Tiếp theo:", "hết ngày 20/04/2021", "0900.000.000, gặp Người Giải Đáp",
        "Đừng chuyển tiếp", "hãy bỏ qua thư này",
    ]:  # fmt: skip
        assert words in letter.body, words
    assert "0912" not in letter.body


def test_the_page_has_it_written_and_the_request_sends_nothing(client):
    send_form(client, make_campaign(), typed(make_union(), email=HOA))

    assert recipients() == [HOA]
    assert mail.outbox == []


def test_the_address_of_the_link_is_the_sites_whatever_host_a_client_names(client, settings):
    settings.ALLOWED_HOSTS = ["*"]

    send_form(client, make_campaign(), typed(make_union(), email=HOA), host="evil.example")

    assert "evil" not in Message.objects.get().body
    assert settings.SITE_URL in Message.objects.get().body


def test_without_an_address_no_letter_is_written():
    make_initiative(email="")

    assert recipients() == []


def test_the_same_form_sent_twice_writes_one_letter():
    campaign, number, values = make_campaign(), uuid.uuid4(), answers(email=HOA)

    for _ in range(3):
        send(campaign, number, values, arrived_at=IN_TIME)

    assert recipients() == [HOA]


def test_a_letter_is_written_with_its_initiative_or_not_at_all(monkeypatch):
    def fail(initiative):
        raise OSError("disk full")

    monkeypatch.setattr(letters_to_authors, "send_private_link", fail)
    with pytest.raises(OSError, match="disk full"):
        make_initiative(email=HOA)
    assert not Initiative.objects.exists()

    monkeypatch.undo()
    monkeypatch.setattr(sending, "write", fail)
    with pytest.raises(TypeError):
        make_initiative(email=HOA)
    assert not Message.objects.exists()


def test_a_corrected_address_gets_the_link_too_once():
    initiative = make_initiative(email="sai@example.vn")

    for email in (HOA, HOA, "", "sai@example.vn", HOA):
        initiative = corrected(initiative, email=email, title=f"Tên mới {initiative.version}")

    assert recipients() == ["sai@example.vn", HOA]
    assert initiative.private_path in Message.objects.last().body


def test_an_address_that_is_given_later_gets_the_link():
    corrected(make_initiative(email=""), email=HOA)

    assert recipients() == [HOA]


def test_a_withdrawal_writes_no_letter():
    withdraw(make_initiative(email=""), arrived_at=IN_TIME)

    assert recipients() == []


@pytest.mark.parametrize("number", [MOST_MAILBOXES_OF_ONE - 1, MOST_MAILBOXES_OF_ONE, MOST_MAILBOXES_OF_ONE + 1])
def test_one_initiative_cannot_write_to_any_number_of_strangers(number):
    initiative = make_initiative(email="a0@example.vn")

    for at in range(1, number):
        initiative = corrected(initiative, email=f"a{at}@example.vn")

    assert len(recipients()) == min(number, MOST_MAILBOXES_OF_ONE)
    assert initiative.email == f"a{number - 1}@example.vn"  # the correction itself is never refused for that


def test_nothing_that_was_typed_reaches_the_head_of_the_letter():
    evil = "Gá hàn\r\nBcc: x@evil.vn\r\n\r\nXin chào"
    make_initiative(email=HOA, title=evil.replace("\r\n", " "), full_name="A\nBcc: y@evil.vn")

    send_due()

    letter = message_from_bytes(mail.outbox[0].message().as_bytes(), policy=default)
    assert letter["Bcc"] is None
    assert (letter["To"], mail.outbox[0].recipients()) == (HOA, [HOA])
    assert "evil" not in str(letter.items())


@pytest.mark.parametrize("email", ["a@example.vn\r\nBcc: x@evil.vn", "a@example.vn, x@evil.vn"])
def test_an_address_that_is_more_than_one_is_refused(client, email):
    response = send_form(client, make_campaign(), typed(make_union(), email=email))

    assert response.status_code == 422
    assert recipients() == []


def test_the_form_that_corrects_writes_to_the_new_address(client):
    initiative = make_initiative(email="sai@example.vn")
    values = typed(initiative.unit, email=HOA, submission_id=values_of(initiative)["submission_id"])

    response = client.post(f"{initiative.private_path}sua/", values | {"version": initiative.version})

    assert response.status_code == 302
    assert recipients() == ["sai@example.vn", HOA]


def test_who_watches_the_letters_does_not_read_the_private_link():
    initiative = make_initiative(email=HOA)
    staff = signed_in(make_national_user())

    page = staff.get(reverse("admin:outbox_message_change", args=[Message.objects.get().pk]))

    assert page.status_code == 200
    assert HOA in page.content.decode()
    assert initiative.secret not in page.content.decode()
