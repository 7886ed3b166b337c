"""A form that arrives in the rush is kept by one statement, is in by its arrival, and becomes its receipt (R1, R7)."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from config import clock
from initiatives import arrived_views, keeping
from initiatives.keeping import receive, waiting_path, write_all
from initiatives.kept_forms import KeptForm
from initiatives.models import Initiative
from outbox.models import Message
from record.models import Event
from tests.conftest import moment
from tests.factories import IN_TIME, answers, make_campaign, make_union
from tests.kept import make_kept
from tests.pages import runs_nothing, says, send_form, typed
from tests.refusals import codes_of
from tests.removals import make_forgotten

pytestmark = pytest.mark.django_db
BEFORE_CLOSING = moment("2021-04-20 23:59:58")


def send_in_rush(client, campaign, values, *, waited=10):
    """Send a form that waited so long in front of the site."""
    stamp = (clock.now() - timedelta(seconds=waited)).timestamp()
    return send_form(client, campaign, values, **{"X-Request-Start": f"t={stamp:.6f}"})


# In the rush


def test_what_is_sent_in_the_rush_is_kept_and_its_page_becomes_the_receipt(client, rush):
    campaign, values = make_campaign(), typed(make_union())

    sent = send_in_rush(client, campaign, values)

    assert sent.status_code == 302
    assert not Initiative.objects.exists()
    assert KeptForm.objects.get().arrived_at < clock.now() - timedelta(seconds=9)
    page = client.get(sent["Location"])
    stored = Initiative.objects.get()
    assert (page.status_code, page["Location"]) == (302, stored.private_path)
    assert "Đã nhận sáng kiến của bạn" in says(client.get(stored.private_path))
    assert not KeptForm.objects.exists()


def test_a_kept_form_becomes_exactly_what_sending_it_would_have_stored(client, rush):
    campaign, unit = make_campaign(), make_union()
    values = typed(unit, description="Dòng một\r\nDòng hai", benefit="1,5 tỷ", is_secret="on")
    send_form(client, campaign, values | {"submission_id": str(uuid.uuid4())})
    send_in_rush(client, campaign, values)
    write_all()

    one, other = Initiative.objects.order_by("pk")

    own = {"id", "code", "secret", "submission_id", "arrived_at", "stored_at", "consented_at"}
    for field in Initiative._meta.fields:
        if field.name not in own:
            assert getattr(one, field.attname) == getattr(other, field.attname), field.name
    assert other.consented_at == other.arrived_at
    assert Event.objects.of(other).get().deed == "sent"
    assert Message.objects.filter(about=other.code).count() == 1


def test_a_form_with_a_mistake_is_told_at_once_and_not_kept(client, rush):
    response = send_in_rush(client, make_campaign(), typed(make_union(), effect=""))

    assert response.status_code == 422
    assert not KeptForm.objects.exists()


def test_what_arrived_before_closing_is_in_though_it_is_written_after(client, at, rush):
    at("2021-04-21 00:00:20")
    campaign = make_campaign()
    sent = send_in_rush(client, campaign, typed(make_union()), waited=22)

    at("2021-04-21 00:09:00")
    write_all()

    stored = Initiative.objects.get()
    assert campaign.closes_at - timedelta(seconds=3) < stored.arrived_at < campaign.closes_at < stored.stored_at
    assert client.get(sent["Location"])["Location"] == stored.private_path


def test_what_arrived_after_closing_is_out_in_the_rush_too(client, at, rush):
    at("2021-04-21 00:00:20")

    response = send_in_rush(client, make_campaign(), typed(make_union(), description="Vẫn còn đây"), waited=19)

    assert response.status_code == 403
    assert "Vẫn còn đây" in says(response)
    assert not KeptForm.objects.exists()


def test_a_second_tap_after_closing_in_the_rush_still_leads_to_the_receipt(client, at, rush):
    at("2021-04-20 23:59:58")
    campaign, values = make_campaign(), typed(make_union())
    first = send_form(client, campaign, values)

    at("2021-04-21 00:00:20")

    assert send_in_rush(client, campaign, values, waited=19)["Location"] == first["Location"]
    assert send_in_rush(client, campaign, values | {"submission_id": "x"}, waited=19).status_code == 403


def test_a_script_is_told_where_to_go(client, rush):
    stamp = (clock.now() - timedelta(seconds=10)).timestamp()
    headers = {"X-Request-Start": f"t={stamp:.6f}", "X-Sent-By": "script"}

    response = send_form(client, make_campaign(), typed(make_union()), **headers)

    assert response.status_code == 204
    assert response["X-Go-To"] == waiting_path(KeptForm.objects.get())


def test_keeping_costs_one_statement_beside_judging(django_assert_num_queries):
    campaign, values = make_campaign(), answers()

    with django_assert_num_queries(3):  # within a savepoint, as each test is a transaction
        receive(campaign, uuid.uuid4(), values, arrived_at=IN_TIME, in_rush=True)


# The page meanwhile


def test_the_page_says_that_it_arrived_and_opens_itself_again_without_asking_the_database(
    client, rush, django_assert_num_queries
):
    address = waiting_path(make_kept(arrived_at=BEFORE_CLOSING))
    headers = {"X-Request-Start": f"t={(clock.now() - timedelta(seconds=20)).timestamp():.6f}"}

    with django_assert_num_queries(0):
        page = client.get(address, headers=headers)

    assert page.status_code == 200
    assert "Đến lúc 23:59:58 ngày 20/04/2021" in says(page)
    assert 60 <= int(page["Refresh"]) <= 120
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin"
    assert runs_nothing(page)
    assert KeptForm.objects.exists()


@pytest.mark.parametrize("change", [lambda secret: secret[:-1], lambda secret: "x" + secret, lambda secret: "abc"])
def test_an_address_that_was_tampered_with_is_not_there(client, change):
    path = waiting_path(make_kept())
    before, secret = path.rstrip("/").rsplit("/", 1)

    assert client.get(f"{before}/{change(secret)}/").status_code == 404


def test_the_address_leads_to_the_receipt_for_a_week(client, monkeypatch):
    address = waiting_path(make_kept())
    assert client.get(address).status_code == 302

    monkeypatch.setattr(keeping, "ADDRESS_HOLDS", timedelta(seconds=-1))

    assert client.get(address).status_code == 404


def test_who_looks_while_somebody_else_writes_it_down_is_led_to_the_receipt(client, monkeypatch):
    kept = make_kept()

    def passed_by(number):
        """Meet the form locked; it is written by the time of the next look but one."""
        monkeypatch.setattr(arrived_views, "stored_as", lambda number: written_by_now(number, real))
        return None

    real = arrived_views.stored_as
    monkeypatch.setattr(arrived_views, "write_down", passed_by)

    page = client.get(waiting_path(kept))

    assert (page.status_code, page["Location"]) == (302, Initiative.objects.get().private_path)


def written_by_now(number, look):
    """Look for the initiative, find none yet; right after, the other process is through."""
    found = look(number)
    write_all()
    return found


def test_an_author_who_was_forgotten_has_no_way_back_through_the_old_address(client):
    forgotten = make_forgotten()
    kept = KeptForm(campaign=forgotten.campaign, submission_id=forgotten.submission_id, arrived_at=IN_TIME)

    assert client.get(waiting_path(kept)).status_code == 404


# One submission, one record (R7)


def ways(campaign, number, values):
    """Send one submission in the rush or not, as functions that return where they lead."""

    def way(in_rush):
        return lambda: receive(campaign, number, values, arrived_at=IN_TIME, in_rush=in_rush)

    return way(True), way(False)


@pytest.mark.parametrize("order", ["kk", "kn", "nk", "nn", "kkn", "knk", "nkk"])
def test_a_submission_sent_again_either_way_is_one_record_with_one_receipt(client, order):
    campaign = make_campaign()
    kept, normal = ways(campaign, uuid.uuid4(), answers())

    paths = [{"k": kept, "n": normal}[way]() for way in order]

    write_all()
    stored = Initiative.objects.get()
    for path in paths:
        assert path == stored.private_path or client.get(path)["Location"] == stored.private_path
    assert not KeptForm.objects.exists()


@pytest.mark.parametrize(("first", "second"), [(True, True), (True, False), (False, True)])
def test_a_used_form_with_other_content_is_refused_either_way(first, second):
    campaign, number, unit = make_campaign(), uuid.uuid4(), make_union()
    receive(campaign, number, answers(unit), arrived_at=IN_TIME, in_rush=first)

    with pytest.raises(ValidationError) as refusal:
        receive(campaign, number, answers(unit, title="Khác hẳn"), arrived_at=IN_TIME, in_rush=second)

    assert codes_of(refusal.value) == ["already_sent"]
    write_all()
    assert Initiative.objects.get().title != "Khác hẳn"


def test_a_second_tap_that_comes_after_closing_leads_to_what_was_kept_in_time():
    campaign, values, number = make_campaign(), answers(), uuid.uuid4()
    first = receive(campaign, number, values, arrived_at=BEFORE_CLOSING, in_rush=True)

    for in_rush in (True, False):
        late = receive(campaign, number, values, arrived_at=campaign.closes_at, in_rush=in_rush)
        assert late.split("/")[2] == first.split("/")[2] == "da-den"
