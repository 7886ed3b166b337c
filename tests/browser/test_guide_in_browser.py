"""The guide on a phone: every picture comes, on the site and from the file that is read without a connection."""

import pytest

from initiatives.guide_pictures import ON_THEM
from tests.browser.conftest import CAMPAIGN, shoot

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}


def test_the_guide_and_its_file_show_every_picture_on_a_phone(start_server, new_page, tmp_path):
    server, phone = start_server(), new_page(PHONE)
    address = f"{server.address}{CAMPAIGN}huong-dan/"
    phone.goto(address)
    see_all(phone)
    with phone.expect_download() as download:
        phone.click("a[download]")
    file = tmp_path / "guide.html"
    download.value.save_as(file)
    asked = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.context.set_offline(True)
    phone.goto(file.as_uri())
    see_all(phone)
    shoot(phone, "offline-guide-360")

    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert phone.evaluate("getComputedStyle(document.querySelector('.contents')).borderTopStyle") == "solid"


def see_all(page):
    """Scroll past every picture and see that it came in the size its page keeps free, none wider than the phone."""
    for picture in page.locator(".guide-picture").all():
        picture.scroll_into_view_if_needed()
        picture.evaluate("image => image.decode()")
    assert page.locator(".guide-picture").count() == len(ON_THEM)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
