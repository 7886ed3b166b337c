"""The badge that portals place on their pages, and the HTML that they copy."""

import io

import pytest
from lxml import etree, html
from PIL import Image

from tests.factories import make_campaign, make_union
from tests.pages import tree

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", ["75 nghìn sáng kiến", "Ữ" * 200, "<script>alert(1)</script> & \"#read('x')\""])
def test_the_picture_needs_nothing_but_itself(client, name):
    campaign = make_campaign(name=name)

    response = client.get(f"/{campaign.slug}/huy-hieu.svg")

    assert response["Content-Type"] == "image/svg+xml"
    root = etree.fromstring(response.content)
    assert root.get("viewBox") == "0 0 320 100"
    kinds = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert kinds <= {"svg", "g", "path", "defs", "symbol", "use", "clipPath"}  # letters as paths: no fonts, no script
    links = {value for element in root.iter() for name, value in element.items() if name.endswith("href")}
    assert links
    assert all(link.startswith("#") for link in links)


def test_the_png_is_sharp_at_twice_its_size(client):
    response = client.get(f"/{make_campaign().slug}/huy-hieu.png")

    assert response["Content-Type"] == "image/png"
    image = Image.open(io.BytesIO(response.content)).convert("RGBA")
    assert image.size == (640, 200)
    assert image.getpixel((0, 0))[3] == 0  # round corners on any ground
    assert image.getpixel((600, 100)) == (10, 77, 140, 255)


@pytest.mark.parametrize("of_union", [False, True])
def test_the_snippet_is_a_link_with_the_badge_that_works_on_any_page(client, of_union):
    campaign = make_campaign(name='Sáng kiến "vượt khó" <b> & phát triển')
    query = f"?don-vi={make_union().code}" if of_union else ""

    page = tree(client.get(f"/{campaign.slug}/ma-qr/{query}"))

    (box,) = page.xpath("//textarea")
    assert box.get("readonly") is not None
    assert page.xpath(f"//label[@for='{box.get('id')}']")
    link = html.fragment_fromstring(box.text)
    (picture,) = link
    here = f"http://testserver/{campaign.slug}/"
    assert (link.tag, dict(link.attrib)) == ("a", {"href": here + (f"gui-sang-kien/{query}" if of_union else "")})
    assert (picture.tag, dict(picture.attrib)) == (
        "img",
        {"src": f"{here}huy-hieu.svg", "width": "320", "height": "100", "alt": f"Gửi sáng kiến – {campaign.name}"},
    )
    assert client.get(picture.get("src")).status_code == client.get(link.get("href")).status_code == 200
    (shown,) = page.xpath("//main//img")
    assert (shown.get("alt"), shown.get("width")) == (picture.get("alt"), "320")
