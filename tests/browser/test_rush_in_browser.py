"""What a browser makes of the pages that a crowded site answers with. They are put before it as the site sends them."""

import pytest
from django.template.loader import render_to_string

from config.rush import put_off
from tests.browser.axe import findings
from tests.browser.conftest import CAMPAIGN, shoot
from tests.browser.visiting import WIDTHS
from tests.conftest import moment

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
HTML = "text/html; charset=utf-8"


def answer_once(page, address, **answer):
    """Let the next request for an address be answered so, and those after it by the site."""
    page.route(address, lambda route: route.fulfill(content_type=HTML, **answer), times=1)


def test_who_is_put_off_gets_the_page_after_a_while_without_doing_anything(start_server, new_page):
    server = start_server()
    page, response = new_page(PHONE, with_script=False), put_off()
    answer_once(
        page,
        f"**{CAMPAIGN}huong-dan/",
        status=response.status_code,
        headers={"Refresh": "1"},
        body=response.content.decode(),
    )

    answer = page.goto(f"{server.address}{CAMPAIGN}huong-dan/")

    assert answer.status == 429
    assert page.inner_text("h1") == "Trang đang đông người"
    page.wait_for_selector("h1:has-text('Hướng dẫn')")


def test_who_does_not_want_to_wait_opens_the_page_again(start_server, new_page):
    server = start_server()
    page = new_page(PHONE)
    answer_once(page, f"**{CAMPAIGN}thong-ke/?q=ha", status=429, body=put_off().content.decode())
    page.goto(f"{server.address}{CAMPAIGN}thong-ke/?q=ha")

    page.click("text=Mở lại ngay")

    page.wait_for_selector("h1:has-text('Thống kê')")
    assert page.url.endswith("?q=ha")


def arrived(refusal=""):
    context = {"arrived_at": moment("2021-04-20 23:59:58"), "refusal": refusal}
    return render_to_string("initiatives/arrived.html", context)


PAGES = {
    "put-off": lambda: put_off().content.decode(),
    "arrived": arrived,
    "arrived-refused": lambda: arrived("Đơn vị đã chọn không còn trong danh sách."),
}


@pytest.mark.parametrize("what", PAGES)
def test_pages_of_the_rush_are_read_by_everybody(start_server, new_page, what):
    server = start_server()
    page = new_page(PHONE)
    answer_once(page, "**/x/", status=200, body=PAGES[what]())
    page.goto(f"{server.address}{CAMPAIGN}da-nhan/x/")

    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        shoot(page, f"{what}-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert findings(page) == []
