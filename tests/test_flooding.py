"""A script that sends without end is held up; a factory behind one address, and who sends again, is not."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from redis.exceptions import ConnectionError as CacheIsAway

from initiatives import flooding, limits, tallies
from initiatives.flooding import refuse_flood
from initiatives.models import Initiative
from tests.factories import make_campaign, make_union
from tests.pages import filled_in, form_address, form_on, says, typed
from tests.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FACTORY, ELSEWHERE = "203.0.113.7", "203.0.113.8"
PLAIN = {"description": "Gắn thêm thước và kẹp.", "effect": "Giảm một nửa thời gian cắt."}


@pytest.fixture(autouse=True)
def _stopped(monkeypatch):
    """No test runs across the end of a stretch of counting; 10 minutes are left of the hour."""
    now = SimpleNamespace(now=lambda: datetime(2026, 1, 5, 10, 50, tzinfo=UTC))
    monkeypatch.setattr(tallies, "timezone", now)
    monkeypatch.setattr(flooding, "timezone", now)


@pytest.fixture
def limit(monkeypatch):
    def set_limit(name, most):
        monkeypatch.setattr(flooding, name, getattr(limits, name)._replace(most=most))

    return set_limit


def worker(number):
    """What the worker of this number sends: another text under another phone."""
    return PLAIN | {"phone": f"+849{number:08d}", "title": f"Cải tiến bàn cắt vải số {number}"}


@pytest.fixture
def campaign():
    return make_campaign()


def send(client, campaign, values):
    return client.post(form_address(campaign), values, REMOTE_ADDR=FACTORY)


def test_two_thousand_workers_behind_one_address_send_in_one_hour(campaign):
    for number in range(2000):
        refuse_flood(campaign, worker(number), address=FACTORY)


def test_an_address_that_sends_without_end_is_held_up(campaign, limit):
    limit("SENT_FROM_ADDRESS", 3)
    for number in range(3):
        refuse_flood(campaign, worker(number), address=FACTORY)

    with refused("too_many"):
        refuse_flood(campaign, worker(4), address=FACTORY)
    refuse_flood(campaign, worker(5), address=ELSEWHERE)


@pytest.mark.parametrize(("name", "same"), [("SENT_OF_PHONE_HERE", "phone"), ("SENT_OF_TEXT_HERE", "title")])
def test_one_phone_or_one_text_again_and_again_is_held_up_there_alone(campaign, limit, name, same):
    limit(name, 2)
    flood = [worker(number) | {same: worker(1)[same]} for number in range(4)]
    for sent in flood[:2]:
        refuse_flood(campaign, sent, address=FACTORY)

    with refused("too_many"):
        refuse_flood(campaign, flood[2], address=FACTORY)
    refuse_flood(campaign, flood[3], address=ELSEWHERE)  # an ill-wisher locks out nobody whose phone he knows
    refuse_flood(campaign, worker(9), address=FACTORY)


def test_in_the_last_hour_an_address_is_not_held_up(campaign, limit, at):
    limit("SENT_FROM_ADDRESS", 0)
    at("2021-04-20 22:59:59")
    with refused("too_many"):
        refuse_flood(campaign, worker(1), address=FACTORY)

    at("2021-04-20 23:00")
    refuse_flood(campaign, worker(2), address=FACTORY)


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "", "unix:"])
def test_a_front_server_that_does_not_say_who_sends_is_not_held_up(campaign, limit, address):
    for name in ("SENT_FROM_ADDRESS", "SENT_OF_PHONE_HERE", "SENT_OF_TEXT_HERE"):
        limit(name, 0)

    refuse_flood(campaign, worker(1), address=address)


def test_without_a_cache_everybody_is_let_in(campaign, limit, monkeypatch):
    limit("SENT_FROM_ADDRESS", 0)
    monkeypatch.setattr(cache, "add", lambda *_, **__: (_ for _ in ()).throw(CacheIsAway()))

    refuse_flood(campaign, worker(1), address=FACTORY)


def test_the_log_says_once_that_somebody_was_held_up(campaign, limit, caplog):
    limit("SENT_FROM_ADDRESS", 1)
    refuse_flood(campaign, worker(0), address=FACTORY)
    for number in (1, 2):
        with refused("too_many"):
            refuse_flood(campaign, worker(number), address=FACTORY)

    assert [record.message.split(" until ")[0] for record in caplog.records] == [
        "Limit reached: 1 initiatives from one address"
    ]
    assert FACTORY not in caplog.text


def test_who_is_held_up_reads_when_to_send_again_and_keeps_the_text(client, campaign, limit):
    limit("SENT_OF_PHONE_HERE", 1)
    unit = make_union()
    send(client, campaign, typed(unit))

    response = send(client, campaign, typed(unit, description="Một cải tiến khác."))

    assert response.status_code == 429
    assert response["Retry-After"] == "660"
    assert "hãy bấm gửi lại sau 11 phút" in says(response)
    assert filled_in(form_on(response))["description"] == "Một cải tiến khác."
    assert Initiative.objects.count() == 1


def test_the_same_form_again_leads_to_its_receipt_however_often(client, campaign, limit):
    limit("SENT_OF_PHONE_HERE", 1)
    same = typed(make_union())

    said = [send(client, campaign, same) for _ in range(3)]

    assert {answer["Location"] for answer in said} == {Initiative.objects.get().private_path}
