"""R1 as the form keeps it: what arrives in time is in, what does not is shown for copying, and nobody can pretend."""

from datetime import timedelta

import pytest

from initiatives.keeping import write_all
from initiatives.models import Initiative
from tests.conftest import moment
from tests.factories import make_campaign, make_union
from tests.pages import form_address, runs_nothing, says, send_form, tree, typed

pytestmark = pytest.mark.django_db

OPENS, CLOSES = moment("2021-03-10"), moment("2021-04-21")
MICROSECOND = timedelta(microseconds=1)
UNREADABLE = [
    "", "t=", "t=nan", "t=inf", "t=-inf", "t=1e400", "t=0x10", "t=1,5", "t=1 2", "now", "t=" + "9" * 400,
    "t=253402300800",
    "t=-99999999999999", "t=t=1617238800", "<b>", "t=1617238800;", "\x00", "\u00e9",
]  # fmt: skip
OUTSIDE = [
    ("2021-04-21 00:00:00", "Đã đóng nhận sáng kiến"),
    ("2021-03-09 23:59:59", "Chưa mở nhận sáng kiến"),
]


@pytest.fixture
def _front_server(settings):
    settings.TRUST_REQUEST_START = True


def stamp(instant):
    """What the front server writes for a request whose first byte came at this instant."""
    return {"X-Request-Start": f"t={instant.timestamp():.6f}"}


@pytest.mark.usefixtures("_front_server")
@pytest.mark.parametrize("arrived_at", [OPENS, CLOSES - MICROSECOND])
def test_the_first_and_the_last_microsecond_are_in(client, arrived_at):
    response = send_form(client, make_campaign(), typed(make_union()), **stamp(arrived_at))

    assert response.status_code == 302
    write_all()  # who waited long is kept first, and written down when there is time
    assert Initiative.objects.get().arrived_at == arrived_at


@pytest.mark.usefixtures("_front_server")
@pytest.mark.parametrize("arrived_at", [OPENS - MICROSECOND, CLOSES, CLOSES + MICROSECOND])
def test_the_microsecond_before_opening_and_closing_time_itself_are_out(client, arrived_at):
    response = send_form(client, make_campaign(), typed(make_union()), **stamp(arrived_at))

    assert response.status_code == 403
    assert not Initiative.objects.exists()


@pytest.mark.usefixtures("_front_server")
def test_what_reached_the_front_server_in_time_waits_in_the_queue_without_harm(client, at):
    at("2021-04-21 00:01:00")

    response = send_form(client, make_campaign(), typed(make_union()), **stamp(moment("2021-04-20 23:59:59")))

    assert response.status_code == 302
    client.get(response["Location"])
    stored = Initiative.objects.get()
    assert (stored.arrived_at, stored.stored_at >= CLOSES) == (moment("2021-04-20 23:59:59"), True)


@pytest.mark.usefixtures("_front_server")
def test_the_page_shows_in_its_receipt_when_it_arrived(client, at):
    at("2021-04-21 00:01:00")
    response = send_form(client, make_campaign(), typed(make_union()), **stamp(moment("2021-04-20 23:59:59")))

    assert "Nhận lúc 23:59:59 ngày 20/04/2021" in says(client.get(response["Location"], follow=True))


def test_without_front_server_its_header_means_nothing_however_it_is_forged(client, at):
    campaign = make_campaign()
    send_form(client, campaign, typed(make_union()), **stamp(CLOSES + MICROSECOND))
    assert Initiative.objects.count() == 1

    at("2021-04-21 00:00:00")
    response = send_form(client, campaign, typed(make_union()), **stamp(moment("2021-04-20 23:59:59")))

    assert response.status_code == 403
    assert Initiative.objects.count() == 1


@pytest.mark.parametrize("forged", [{"Date": "Tue, 20 Apr 2021 10:00:00 GMT"}, {"X-Start": "t=1617238800"}])
def test_no_other_header_and_no_hidden_field_moves_the_clock(client, at, forged):
    at("2021-04-21 00:00:00")
    values = typed(make_union()) | {"arrived_at": "2021-04-20T23:00", "now": "1617238800", "opened_at": "1"}

    assert send_form(client, make_campaign(), values, **forged).status_code == 403


@pytest.mark.usefixtures("_front_server")
@pytest.mark.parametrize("header", UNREADABLE)
def test_a_stamp_that_cannot_be_read_leaves_the_sites_own_clock(client, header):
    response = send_form(client, make_campaign(), typed(make_union()), **{"X-Request-Start": header})

    assert response.status_code == 302
    assert Initiative.objects.get().arrived_at - moment("2021-04-01 08:00") < timedelta(minutes=5)


@pytest.mark.usefixtures("_front_server")
@pytest.mark.parametrize("header", ["t=0", "t=-1", "t=1e10"])
def test_a_stamp_of_another_age_is_simply_outside(client, header):
    assert send_form(client, make_campaign(), typed(make_union()), **{"X-Request-Start": header}).status_code == 403


# What the closed page says


@pytest.mark.parametrize(("now", "words"), OUTSIDE)
def test_a_closed_form_says_so_and_keeps_every_word_that_was_typed(client, at, now, words):
    at(now)
    values = typed(make_union(), description="Dòng một <b>đậm</b>\r\n\r\nDòng {{ hai }}", unit_other="Tên khác")

    response = send_form(client, make_campaign(), values)

    assert response.status_code == 403
    assert tree(response).findtext(".//h1") == words
    kept = [p.text_content().replace("\r\n", "\n") for p in tree(response).find_class("kept-text")]
    for name in ("full_name", "phone", "email", "job_title", "workplace", "title", "description", "effect", "benefit"):
        assert values[name].replace("\r\n", "\n") in kept, name
    assert runs_nothing(response)
    assert not Initiative.objects.exists()


def test_after_closing_a_form_with_mistakes_is_closed_not_sent_back_for_mending(client, at):
    at("2021-04-21 00:00:00")

    response = send_form(client, make_campaign(), typed(make_union(), title="", description="Vẫn còn đây"))

    assert response.status_code == 403
    assert "Vẫn còn đây" in says(response)


def test_after_closing_picking_a_province_is_closed_too_and_keeps_the_text(client, at):
    at("2021-04-21 00:00:00")

    response = send_form(client, make_campaign(), typed(make_union(), description="Vẫn còn đây") | {"pick_top": "1"})

    assert response.status_code == 403
    assert "Vẫn còn đây" in says(response)


@pytest.mark.parametrize(("now", "words"), OUTSIDE)
def test_outside_its_time_the_form_is_not_offered(client, at, now, words):
    at(now)

    response = client.get(form_address(make_campaign()))

    assert response.status_code == 200
    assert words in says(response)
    assert not tree(response).forms


@pytest.mark.parametrize("now", ["2021-03-10 00:00:00", "2021-04-20 23:59:50"])
def test_within_its_time_the_form_is_offered(client, at, now):
    at(now)

    response = client.get(form_address(make_campaign()))

    assert tree(response).forms
    assert "Nhận đến hết ngày 20/04/2021" in says(response)


def test_a_repeated_click_after_closing_still_leads_to_the_receipt(client, at):
    campaign, values = make_campaign(), typed(make_union())
    first = send_form(client, campaign, values)

    at("2021-04-21 00:00:10")

    assert send_form(client, campaign, values)["Location"] == first["Location"]
    assert Initiative.objects.count() == 1


def test_each_campaign_has_its_own_time(client, at):
    past = make_campaign(slug="xuan", opens_at=moment("2021-01-01"), closes_at=moment("2021-02-01"))
    present = make_campaign(slug="he")

    assert send_form(client, past, typed(make_union())).status_code == 403
    assert send_form(client, present, typed(make_union())).status_code == 302
    assert Initiative.objects.get().campaign == present
