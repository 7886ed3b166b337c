"""What search engines and shared links see: the public pages, each described, and none of the private ones."""

import io
import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from initiatives.public_pages import ABOUT
from tests.factories import make_campaign, make_initiative
from tests.pages import form_address, send_form, tree

pytestmark = pytest.mark.django_db


def said(response, name):
    """Return what the page's head says under this name, all of it."""
    return tree(response).xpath(f"//meta[@name='{name}' or @property='{name}']/@content")


def addresses_in(response):
    return [element.text for element in ET.fromstring(response.content).iter() if element.tag.endswith("loc")]  # noqa: S314 (our own)


def test_robots_are_kept_from_the_desks_and_shown_the_list(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /quan-tri/",
        "Disallow: /cong-doan/",
        "Sitemap: http://testserver/sitemap.xml",
    ]


def test_the_list_of_pages_has_the_public_pages_of_every_campaign_and_nothing_else(client):
    campaigns = [make_campaign(slug="mua-xuan"), make_campaign(slug="mua-thu")]
    make_initiative(campaign=campaigns[0])

    response = client.get("/sitemap.xml")

    expected = {f"http://testserver{reverse(name, args=[c.slug])}" for c in campaigns for name in ABOUT}
    assert response["Content-Type"] == "application/xml"
    assert sorted(addresses_in(response)) == sorted(expected)
    assert all(client.get(address).status_code == 200 for address in expected)


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml"])
def test_what_robots_read_takes_no_post(client, path):
    assert {ask(path).status_code for ask in (client.post, client.put, client.patch, client.delete)} == {405}


@pytest.mark.parametrize("campaigns", [1, 3])
def test_the_list_of_pages_costs_one_query(client, django_assert_num_queries, campaigns):
    for _ in range(campaigns):
        make_campaign()

    with django_assert_num_queries(1):
        client.get("/sitemap.xml")


def test_no_two_public_pages_are_called_or_described_alike(client):
    campaign = make_campaign()
    pages = [client.get(reverse(name, args=[campaign.slug])) for name in ABOUT]

    titles = {tree(page).findtext(".//title") for page in pages}
    descriptions = {text for page in pages for text in said(page, "Description")}
    assert len(titles) == len(descriptions) == len(ABOUT)
    assert all(50 <= len(text) <= 160 for text in descriptions)


@pytest.mark.parametrize("name", ABOUT)
def test_a_public_page_names_its_own_address_and_what_a_shared_link_shows(client, name):
    address = f"http://testserver{reverse(name, args=[make_campaign().slug])}"

    response = client.get(f"{address}?utm_source=zalo")

    assert tree(response).xpath("//link[@rel='canonical']/@href") == [address]
    assert said(response, "og:url") == [address]
    assert said(response, "og:description") == said(response, "Description") == [ABOUT[name].description]
    assert said(response, "og:title")[0].startswith(ABOUT[name].title)
    assert said(response, "og:image") == ["http://testserver/static/img/icon-512.png"]
    assert said(response, "robots") == []


def test_the_picture_of_a_shared_link_is_what_the_page_says(client):
    content = (settings.BASE_DIR / "static" / "img" / "icon-512.png").read_bytes()

    assert Image.open(io.BytesIO(content)).size == (512, 512)
    assert len(content) < 10_000


def test_pages_of_authors_and_staff_ask_not_to_be_listed_and_name_no_address(client):
    initiative = make_initiative()
    private = initiative.private_path

    for path in (private, f"{private}sua/", f"{private}rut/", "/dang-nhap/", "/khong-co/"):
        response = client.get(path)
        assert said(response, "robots") == ["noindex"], path
        assert not tree(response).xpath("//link[@rel='canonical'] | //meta[starts-with(@property, 'og:')]"), path
        assert "canonical" not in response.get("Link", "")


def test_a_form_that_was_refused_still_describes_itself(client):
    campaign = make_campaign()

    response = send_form(client, campaign, {"full_name": ""})

    assert response.status_code == 422
    assert said(response, "og:url") == [f"http://testserver{form_address(campaign)}"]
