"""A lost code: the links go to the address on record, and nobody learns whether a phone is known."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_q.models import OrmQ

from initiatives import lost_code, tallies
from initiatives.limits import LOST_CODES_OF_PHONE, LOST_CODES_OF_PHONE_A_DAY, MOST_LINKS_IN_A_LETTER
from initiatives.lost_code import write_letters
from outbox.models import Message
from outbox.sending import send_due
from tests.factories import make_campaign, make_initiative
from tests.pages import errors_beside, filled_in, focused, form_on, says, tree
from tests.papers import run_queue

pytestmark = pytest.mark.django_db

PHONE, TYPED, UNKNOWN = "+84912345678", "0912 345 678", "0987 654 321"
HOA, LAN = "hoa@example.vn", "lan@example.vn"


@pytest.fixture(autouse=True)
def after(monkeypatch):
    """Let real time pass, as far as counting goes: `after(minutes=10)`."""
    now = [datetime(2026, 1, 5, 10, 1, tzinfo=UTC)]
    monkeypatch.setattr(tallies, "timezone", SimpleNamespace(now=lambda: now[0]))

    def pass_by(**length):
        now[0] += timedelta(**length)

    return pass_by


def ask(client, campaign, phone=TYPED, **more):
    return client.post(reverse("lost_code", args=[campaign.slug]), {"phone": phone}, **more)


def letters():
    """Return [(recipient, text)] of what was written for lost codes."""
    return list(Message.objects.filter(kind="lost_code").order_by("pk").values_list("recipient", "body"))


def test_the_links_of_all_that_was_sent_go_to_the_address_on_record(client, settings):
    settings.SITE_URL = "https://sangkien.example.vn"
    first, second = (make_initiative(email=HOA, title=title) for title in ("Gá hàn <ống> & kẹp", "Xe đẩy"))

    ask(client, first.campaign)
    run_queue()

    ((recipient, text),) = letters()
    assert recipient == HOA
    for initiative in (first, second):
        assert f"https://sangkien.example.vn{initiative.private_path}" in text.splitlines()
        assert {initiative.title, f"Mã sáng kiến: {initiative.shown_code}"} <= set(text.splitlines())
    assert "Đừng chuyển tiếp" in text
    assert "0900.000.000" in text
    send_due()
    assert [message.to for message in mail.outbox if "tới sáng kiến" in message.subject] == [[HOA]]


def test_an_address_gets_only_the_links_of_what_names_it():
    mine, anothers = make_initiative(email=HOA), make_initiative(email=LAN)
    make_initiative(email="")

    write_letters(mine.campaign_id, PHONE, "1")

    texts = dict(letters())
    assert {*texts} == {HOA, LAN}
    assert [mine.secret in texts[HOA], anothers.secret in texts[HOA]] == [True, False]
    assert [mine.secret in texts[LAN], anothers.secret in texts[LAN]] == [False, True]


def test_another_phone_and_another_campaign_are_left_out(client):
    initiative = make_initiative(email=HOA)
    make_initiative(email=HOA, phone="+84987654321")
    elsewhere = make_initiative(campaign=make_campaign(), email=HOA)

    write_letters(initiative.campaign_id, PHONE, "1")

    ((_, text),) = letters()
    assert text.count("/da-nhan/") == 1
    assert elsewhere.secret not in text


def test_a_known_and_an_unknown_phone_get_the_same_answer_for_the_same_work(client):
    campaign = make_initiative(email=HOA).campaign
    make_initiative(phone="+84935111222", email="")

    outcomes = []
    for phone in (TYPED, UNKNOWN, "0935 111 222"):
        with CaptureQueriesContext(connection) as queries:
            response = ask(client, campaign, phone)
        page = client.get(response["Location"])
        outcomes.append((response.status_code, response["Location"], len(queries), page.content))

    assert len(set(outcomes)) == 1
    assert outcomes[0][0] == 302
    assert OrmQ.objects.count() == 3
    assert "Nếu số này đã gửi sáng kiến và có ghi e-mail" in says(page)
    assert "0900.000.000" in says(page)
    run_queue()
    assert [recipient for recipient, _ in letters()] == [HOA]


def test_the_request_never_looks_for_the_phone(client):
    campaign = make_initiative(email=HOA).campaign

    with CaptureQueriesContext(connection) as queries:
        ask(client, campaign)

    assert not [query["sql"] for query in queries if "initiatives_initiative" in query["sql"]]
    assert (mail.outbox, letters()) == ([], [])


def test_asking_again_at_once_gets_the_same_answer_and_no_second_letter(client, after):
    campaign = make_initiative(email=HOA).campaign

    answers = {(r.status_code, r["Location"]) for r in (ask(client, campaign) for _ in range(3))}
    run_queue()

    assert len(answers) == 1
    assert len(letters()) == 1
    after(minutes=LOST_CODES_OF_PHONE.within.total_seconds() / 60)
    ask(client, campaign)
    run_queue()
    assert len(letters()) == 2


@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_phone_has_three_letters_a_day(client, after, number):
    campaign = make_initiative(email=HOA).campaign

    for _ in range(number):
        assert ask(client, campaign).status_code == 302
        after(minutes=10)
    run_queue()

    assert len(letters()) == min(number, LOST_CODES_OF_PHONE_A_DAY.most)
    after(days=1)
    ask(client, campaign)
    run_queue()
    assert len(letters()) == min(number, LOST_CODES_OF_PHONE_A_DAY.most) + 1


def test_an_address_that_asks_without_end_is_stopped_whichever_phones_it_names(client, monkeypatch):
    monkeypatch.setattr(lost_code, "LOST_CODES_FROM_ADDRESS", lost_code.LOST_CODES_FROM_ADDRESS._replace(most=2))
    campaign = make_initiative(email=HOA).campaign

    answers = [ask(client, campaign, phone) for phone in (UNKNOWN, "0935 111 222", TYPED)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert answers[-1]["Retry-After"] == "3540"
    assert "Hãy thử lại sau 59 phút." in tree(answers[-1]).find_class("alert-danger")[0].text_content()
    assert filled_in(form_on(answers[-1]))["phone"] == TYPED
    assert ask(client, campaign, REMOTE_ADDR="203.0.113.8").status_code == 302


def test_a_mailbox_that_very_many_phones_name_is_spared(monkeypatch):
    monkeypatch.setattr(lost_code, "LOST_CODES_TO_MAILBOX", lost_code.LOST_CODES_TO_MAILBOX._replace(most=2))
    phones = [f"+8493511100{at}" for at in range(4)]
    for phone in phones:
        make_initiative(email=HOA, phone=phone)
    campaign = make_initiative(email=LAN, phone=phones[-1]).campaign

    for phone in phones:
        write_letters(campaign.pk, phone, phone)

    assert [recipient for recipient, _ in letters()] == [HOA, HOA, LAN]


def test_a_task_that_the_queue_runs_again_writes_nothing_twice():
    initiative = make_initiative(email=HOA)

    for _ in range(3):
        write_letters(initiative.campaign_id, PHONE, "the-same")

    assert len(letters()) == 1


@pytest.mark.parametrize("number", [MOST_LINKS_IN_A_LETTER - 1, MOST_LINKS_IN_A_LETTER, MOST_LINKS_IN_A_LETTER + 1])
def test_a_letter_lists_the_newest_and_says_how_many_it_leaves_out(monkeypatch, number):
    monkeypatch.setattr(lost_code, "MOST_LINKS_IN_A_LETTER", 2)
    number -= MOST_LINKS_IN_A_LETTER - 2
    sent = [make_initiative(email=HOA) for _ in range(number)]

    write_letters(sent[0].campaign_id, PHONE, "1")

    ((_, text),) = letters()
    assert [initiative.secret in text for initiative in sent] == [at >= number - 2 for at in range(number)]
    assert ("Còn 1 sáng kiến cũ hơn" in text) is (number > 2)


@pytest.mark.parametrize("phone", ["", "x", "0243 825 1234", "0168 234 5678", "\x00", "0912 345 678\r\nBcc: x@evil.vn"])
def test_what_is_no_mobile_number_is_said_at_its_place_and_kept(client, phone):
    response = ask(client, make_campaign(), phone)

    assert response.status_code == 422
    assert list(errors_beside(response)) == focused(response) == ["phone"]
    assert not OrmQ.objects.exists()


def test_the_way_there_is_on_the_follow_page_and_on_the_receipt_of_who_gave_an_address(client):
    with_email, without = make_initiative(email=HOA), make_initiative()
    address = reverse("lost_code", args=[with_email.campaign.slug])

    links = [
        f'href="{address}"' in client.get(path).content.decode()
        for path in (
            reverse("follow", args=[with_email.campaign.slug]),
            with_email.private_path,
            without.private_path,
        )
    ]

    assert links == [True, True, False]
    assert client.get(address).status_code == 200
    assert "no-store" in client.get(address)["Cache-Control"]


def test_looking_for_a_phone_uses_its_index():
    if connection.vendor == "postgresql":
        connection.cursor().execute("SET LOCAL enable_seqscan = off")  # with so few rows it would read them all

    plan = lost_code.initiatives_of(make_campaign().pk, PHONE).explain()

    assert "initiative_of_phone" in plan
