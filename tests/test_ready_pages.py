"""Pages that are kept ready say the same to everybody, and to each visitor what is his own."""

import gzip
import uuid

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Level
from config import memory
from config.compression import gzip_of, squeezed, unsqueezed
from config.memory import remembered
from initiatives.models import Campaign, Initiative
from tests.conftest import moment
from tests.factories import make_campaign, make_initiative, make_staff, make_union
from tests.pages import filled_in, form_address, form_on, says, send_form, signed_in, tree, typed

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ASKS_NOTHING = ["", "gui-sang-kien/", "thong-ke/", "thong-ke.json", "ket-qua/", "ma-qr/", "ma-qr.svg", "ma-qr.png"]


@pytest.fixture(autouse=True)
def _remember(monkeypatch, _remember_nothing):
    monkeypatch.setattr(memory, "LONGEST_SECONDS", 60)
    yield
    memory.forget_all()


@pytest.fixture
def later(monkeypatch):
    """Let the given number of seconds pass for what is remembered."""

    def pass_by(seconds):
        now = memory.monotonic() + seconds
        monkeypatch.setattr(memory, "monotonic", lambda: now)

    return pass_by


def queries_of(work):
    with CaptureQueriesContext(connection) as queries:
        work()
    return len(queries)


# What is remembered


def test_a_value_is_made_once_and_again_when_its_time_is_over(later):
    made = iter(range(10))

    def ask():
        return remembered("number", lambda: next(made), 5)

    first = [ask(), ask()]
    later(4.9)
    first.append(ask())
    later(0.2)

    assert (first, ask()) == ([0, 0, 0], 1)


def test_who_asks_while_it_is_made_anew_gets_what_was_there(later):
    remembered("word", lambda: "old", 5)
    later(6)
    seen = []

    assert remembered("word", lambda: seen.append(remembered("word", str, 5)) or "new", 5) == "new"
    assert seen == ["old"]


def test_what_cannot_be_made_is_not_remembered():
    with pytest.raises(ZeroDivisionError):
        remembered("number", lambda: 1 / 0, 5)

    assert remembered("number", lambda: 1, 5) == 1


def test_no_more_is_remembered_than_there_is_room_for():
    for number in range(memory.MOST + 5):
        remembered(number, lambda: number, 5)  # noqa: B023 (called at once)

    assert len(memory._remembered) == memory.MOST
    assert remembered(0, lambda: "anew", 5) == "anew"


# Pages


@pytest.mark.parametrize("path", ASKS_NOTHING)
def test_the_second_visitor_costs_no_query(client, path):
    address = f"/{make_campaign().slug}/{path}"
    first = client.get(address)

    assert queries_of(lambda: Client().get(address)) == 0
    assert len(Client().get(address).content) == len(first.content)


@pytest.mark.parametrize("path", [path for path in ASKS_NOTHING if path != "gui-sang-kien/"])
def test_a_cache_on_the_way_may_give_a_page_to_everybody(client, path):
    address = f"/{make_campaign().slug}/{path}"

    assert "Cookie" not in client.get(address).get("Vary", "")
    answer = signed_in(make_staff(make_union())).get(address)
    assert "Cookie" in answer["Vary"]
    assert "no-store" in answer["Cache-Control"]


def test_every_visitor_has_a_form_and_a_token_of_his_own():
    campaign, unit = make_campaign(), make_union()
    visitors = [Client(enforce_csrf_checks=True) for _ in range(3)]
    forms = [filled_in(form_on(visitor.get(form_address(campaign)))) for visitor in visitors]

    assert len({form["submission_id"] for form in forms}) == len({form["csrfmiddlewaretoken"] for form in forms}) == 3
    for visitor, form in zip(visitors, forms, strict=True):
        own = {"submission_id": form["submission_id"], "csrfmiddlewaretoken": form["csrfmiddlewaretoken"]}
        assert send_form(visitor, campaign, typed(unit) | own).status_code == 302
    strange = {"csrfmiddlewaretoken": forms[0]["csrfmiddlewaretoken"]}
    assert send_form(visitors[1], campaign, typed(unit) | strange).status_code == 403


def test_the_kept_form_is_the_one_that_is_rendered_for_one_visitor(client):
    campaign, unit = make_campaign(), make_union()
    for query in ("", f"?don-vi={unit.code}", f"?don-vi={unit.top.code}", "?don-vi=X9"):
        kept = tree(client.get(form_address(campaign) + query)).find("body")
        rendered = tree(signed_in(make_staff(unit)).get(form_address(campaign) + query)).find("body")
        for page in (kept, rendered):
            for hidden in page.xpath("//input[@name='csrfmiddlewaretoken' or @name='submission_id']"):
                hidden.set("value", "")
        assert [(e.tag, dict(e.attrib), e.text) for e in kept.iter()] == [
            (e.tag, dict(e.attrib), e.text) for e in rendered.iter()
        ], query


def test_the_links_of_two_unions_of_one_province_pick_each_its_own(client):
    campaign, unit = make_campaign(), make_union()
    other = make_union(parent=unit.parent, name="LĐLĐ huyện Khác")

    picked = []
    for union in (unit, other, unit.top):
        page = client.get(f"{form_address(campaign)}?don-vi={union.code}")
        picked.append(form_on(page).inputs["unit"].value)
        assert union.name in says(page)

    assert picked == [unit.code, other.code, ""]


def test_a_change_of_the_campaign_shows_within_a_second(client, later):
    campaign = make_campaign(consent_version="1", name="Tên cũ")
    for path in ("", "gui-sang-kien/"):
        client.get(f"/{campaign.slug}/{path}")
    Campaign.objects.update(name="Tên mới", consent_version="2")
    later(memory.LONGEST_SECONDS / 50)

    assert form_on(client.get(form_address(campaign))).inputs["shown_consent"].value == "2"
    assert "Tên mới" in says(client.get(campaign.get_absolute_url()))


@pytest.mark.parametrize(
    ("change", "status"),
    [({"closes_at": "2021-03-31T00:00+07:00"}, 403), ({"practice_until": "2021-02-14"}, 422)],
)
def test_what_is_sent_is_judged_by_the_campaign_as_it_is_now(client, change, status):
    campaign, unit = make_campaign(), make_union()
    client.get(form_address(campaign))
    Campaign.objects.update(**change)

    assert send_form(client, campaign, typed(unit)).status_code == status
    assert not Initiative.objects.exists()


def test_nobody_is_sent_away_by_what_was_a_second_ago(client):
    campaign, unit = make_campaign(closes_at=moment("2021-03-31")), make_union()
    assert "Đã đóng" in says(client.get(form_address(campaign)))
    Campaign.objects.update(closes_at=moment("2021-04-30"))

    assert send_form(client, campaign, typed(unit)).status_code == 302
    assert Initiative.objects.get().campaign == campaign


def test_the_landing_page_and_the_form_close_in_the_instant(client, at):
    campaign = make_campaign()
    at("2021-04-20 23:59:59")
    assert "Gửi sáng kiến" in tree(client.get(campaign.get_absolute_url())).xpath("string(//main)")
    client.get(form_address(campaign))
    at("2021-04-21 00:00:00")

    assert "nay đã đóng" in says(client.get(campaign.get_absolute_url()))
    assert "initiative-form" not in client.get(form_address(campaign)).content.decode()


def test_the_countdown_of_a_kept_page_starts_at_the_visitors_own_instant(client, at):
    campaign, seen = make_campaign(), []
    for clock in ("2021-04-19 08:00:00", "2021-04-20 23:58:20"):
        at(clock)
        left = tree(client.get(campaign.get_absolute_url())).get_element_by_id("time-left")
        seen.append((left.get("data-now")[:19], left.text))

    assert seen == [("2021-04-19T08:00:00", "1 ngày 15 giờ"), ("2021-04-20T23:58:20", "0 giờ 1 phút")]


@pytest.mark.parametrize("path", ["", "gui-sang-kien/", "thong-ke/", "ket-qua/", "ma-qr/"])
def test_a_kept_page_travels_compressed_and_is_the_same(client, path):
    address = f"/{make_campaign().slug}/{path}"
    small = client.get(address, headers={"Accept-Encoding": "gzip"})
    plain = client.get(address)

    assert (small["Content-Encoding"], small["Content-Length"]) == ("gzip", str(len(small.content)))
    assert "Content-Encoding" not in plain
    assert "Accept-Encoding" in small["Vary"]
    assert "Accept-Encoding" in plain["Vary"]
    assert len(small.content) < len(plain.content) / 2
    unpacked = gzip.decompress(small.content)  # checks length and sum too
    assert len(unpacked) == len(plain.content)
    assert says(HttpResponse(unpacked)) == says(plain)


@given(st.lists(st.binary(max_size=70_000), max_size=5))
def test_parts_are_one_file_whatever_is_in_them(parts):
    woven = b"".join(squeezed(part) if number % 2 else unsqueezed(part) for number, part in enumerate(parts))

    assert gzip.decompress(gzip_of(woven, b"".join(parts))) == b"".join(parts)


# Receipts


def test_a_receipt_says_nothing_of_the_one_that_was_rendered_before(client):
    unit = make_union()
    first = make_initiative(unit, full_name="Lê Thị Một", title="Giá phơi chè", email="mot@example.vn")
    second = make_initiative(unit, full_name="Trần Văn Hai", title="Xe đẩy gạch", email="hai@example.vn")
    client.get(first.private_path)

    page = client.get(second.private_path).content.decode()

    for word in (first.secret, first.code, first.shown_code, first.full_name, first.title, first.email):
        assert word not in page
    for word in (second.secret, second.shown_code, second.full_name, second.title, second.email):
        assert word in page
    assert memory.MOST > 1
    kept = repr(list(memory._remembered.items()))
    assert not [word for word in (first.secret, second.secret, first.full_name, second.title) if word in kept]


def test_a_receipt_costs_two_queries_when_others_were_shown_before(client):
    unit = make_union(Level.UPPER)
    first, second = make_initiative(unit), make_initiative(unit)
    client.get(first.private_path)

    assert queries_of(lambda: client.get(second.private_path)) == 2


def test_the_kept_receipt_is_the_one_that_is_rendered_for_one_visitor(client):
    initiative = make_initiative(benefit=12_000_000, co_authors="Trần Thị Bình – 30%", email="")
    client.get(initiative.private_path)
    reader = signed_in(make_staff(initiative.unit))

    kept, rendered = (visitor.get(initiative.private_path) for visitor in (client, reader))

    assert says(kept) == says(rendered)
    assert "12.000.000 đồng một năm" in says(kept)


def test_the_code_of_a_private_page_is_its_authors_alone(client):
    initiative = make_initiative()
    address = reverse("receipt_code", args=[initiative.campaign.slug, initiative.secret])

    assert address in client.get(initiative.private_path).content.decode()
    answer = client.get(address)
    assert (answer["Content-Type"], "no-store" in answer["Cache-Control"]) == ("image/svg+xml", True)
    assert client.get(address.replace(initiative.secret, "x" * 32)).status_code == 404


# Queries whose SQL is written once


def test_a_submission_that_is_stored_is_known_again_after_closing(client, at):
    campaign, values = make_campaign(), typed(make_union(), submission_id=str(uuid.uuid4()))
    first = send_form(client, campaign, values)
    at("2021-04-21 00:00:01")

    assert send_form(client, campaign, values)["Location"] == first["Location"]
    assert Initiative.objects.count() == 1
