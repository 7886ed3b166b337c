"""The first page: which programme it is, how long it is open, how far it has come, and where to go from there."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Level
from initiatives.statistics import KEPT_SECONDS
from tests.conftest import moment
from tests.factories import make_campaign, make_initiative, make_union
from tests.pages import says, tree

pytestmark = pytest.mark.django_db


def links_on(response):
    return set(tree(response).xpath("//a/@href"))


# Which programme


def test_the_first_address_leads_to_the_running_programme(client):
    make_campaign(slug="nam-ngoai", opens_at=moment("2020-03-01"), is_running=False)
    make_campaign(slug="nam-nay")
    make_campaign(slug="nam-sau", opens_at=moment("2021-04-02"), is_running=False)

    assert client.get("/")["Location"] == "/nam-nay/"


def test_when_none_is_running_it_leads_to_the_last_one(client):
    make_campaign(slug="nam-ngoai", opens_at=moment("2020-03-01"), is_running=False)
    make_campaign(slug="nam-nay", is_running=False)

    assert client.get("/")["Location"] == "/nam-nay/"


def test_a_site_without_any_programme_says_that_there_is_no_page(client):
    assert client.get("/").status_code == 404


@pytest.mark.parametrize("path", ["khong-co/", "khong-co/gui-sang-kien/", "khong-co/thong-ke/", "khong-co/ket-qua/"])
def test_a_programme_that_does_not_exist_has_no_pages(client, path):
    make_campaign()

    response = client.get(f"/{path}")

    assert response.status_code == 404
    assert "Không tìm thấy trang" in says(response)


# What it says


def test_it_leads_everywhere_and_gives_the_help_line(client):
    campaign = make_campaign(help_phone="0208.385.5123")

    response = client.get(campaign.get_absolute_url())

    assert {
        f"/{campaign.slug}/gui-sang-kien/",
        f"/{campaign.slug}/theo-doi/",
        f"/{campaign.slug}/huong-dan/",
        f"/{campaign.slug}/thong-ke/",
        f"/{campaign.slug}/ket-qua/",
        "/dang-nhap/",
        "tel:02083855123",
    } <= links_on(response)
    assert campaign.name in tree(response).findtext(".//h1")
    assert "Người Giải Đáp" in says(response)


@pytest.mark.parametrize(
    ("now", "left"),
    [
        ("2021-03-10 00:00:00", "41 ngày 23 giờ"),
        ("2021-04-01 08:30:00", "19 ngày 15 giờ"),
        ("2021-04-20 22:29:30", "1 giờ 30 phút"),
        ("2021-04-20 23:59:40", "0 giờ 0 phút"),
    ],
)
def test_while_it_is_open_the_time_left_stands_there(client, at, now, left):
    at(now)

    response = client.get(make_campaign().get_absolute_url())

    counter = tree(response).get_element_by_id("time-left")
    assert counter.text == left
    assert counter.get("data-closes-at") == "2021-04-21T00:00:00+07:00"
    assert counter.get("data-now").startswith(now.replace(" ", "T"))
    assert "Nhận sáng kiến đến hết ngày 20/04/2021" in says(response)


def test_before_opening_it_says_when_and_offers_no_sending(client, at):
    at("2021-03-09 23:59:59")
    campaign = make_campaign()

    response = client.get(campaign.get_absolute_url())

    assert "bắt đầu nhận sáng kiến lúc 00:00 10/03/2021" in says(response)
    assert not tree(response).xpath("//main//a[contains(@href, 'gui-sang-kien')]")


def test_from_closing_time_it_says_so_and_leads_to_the_results(client, at):
    at("2021-04-21 00:00:00")
    campaign = make_campaign()

    response = client.get(campaign.get_absolute_url())

    assert "đến hết ngày 20/04/2021 và nay đã đóng" in says(response)
    assert not tree(response).xpath("//main//a[contains(@href, 'gui-sang-kien')]")
    assert tree(response).xpath(f"//main//a[@href='/{campaign.slug}/ket-qua/']")


def test_progress_counts_what_stands_in_this_programme(client):
    campaign, unit = make_campaign(target=2000), make_union()
    for _ in range(3):
        make_initiative(unit, campaign)
    make_initiative(unit, make_campaign())

    response = client.get(campaign.get_absolute_url())

    (bar,) = tree(response).xpath("//progress")
    assert (bar.get("value"), bar.get("max")) == ("3", "2000")
    assert "3 sáng kiến, chỉ tiêu 2.000" in says(response)


# What it costs


def test_a_visit_reads_little_writes_nothing_and_leaves_no_cookie(client):
    campaign = make_campaign()
    make_union(Level.TOP)
    client.get(campaign.get_absolute_url())

    with CaptureQueriesContext(connection) as queries:
        response = client.get(campaign.get_absolute_url())

    assert [query["sql"].split()[0] for query in queries] == ["SELECT"]
    assert not response.cookies


@pytest.mark.parametrize("rows", [1, 3])
def test_counting_anew_costs_the_same_for_any_number_of_rows(client, django_assert_num_queries, rows):
    campaign = make_campaign()
    for _ in range(rows):
        make_initiative(make_union(), campaign)
    cache.clear()

    with django_assert_num_queries(7):
        client.get(campaign.get_absolute_url())


@pytest.mark.parametrize(
    "path", ["", "gui-sang-kien/", "theo-doi/", "huong-dan/", "thong-ke/", "thong-ke.json", "ma-qr/"]
)
def test_link_previews_may_ask_for_the_head_alone(client, path):
    campaign = make_campaign()

    response = client.head(f"/{campaign.slug}/{path}")

    assert (response.status_code, response.content) == (200, b"")


def test_figures_are_kept_for_a_minute(client):
    campaign, unit = make_campaign(), make_union()
    client.get(campaign.get_absolute_url())
    make_initiative(unit, campaign)
    assert "0 sáng kiến" in says(client.get(campaign.get_absolute_url()))

    cache.touch(f"figures-{campaign.pk}", timeout=0)

    assert "1 sáng kiến" in says(client.get(campaign.get_absolute_url()))
    assert KEPT_SECONDS == 60
