"""The statistics as a browser shows them: every picture there, nothing moves, no page wider than the screen."""

import pytest

from tests.browser.conftest import CAMPAIGN, shoot

pytestmark = pytest.mark.browser

STATISTICS = f"{CAMPAIGN}thong-ke/"
SIZES = {360: {"width": 360, "height": 800}, 1280: {"width": 1280, "height": 800}}
PICTURES_LOADED = "[...document.images].map(image => image.complete && image.naturalWidth > 0)"
SHIFTS = """new Promise(tell => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => tell(sum), 100);
})"""


@pytest.mark.parametrize("width", SIZES)
@pytest.mark.parametrize(("path", "pictures"), [("", 4), ("19/", 3)])
def test_every_picture_is_there_and_nothing_moves(start_server, new_page, width, path, pictures):
    server, page, said = start_server(), new_page(SIZES[width]), []
    page.on("console", lambda message: said.append(message.text))

    page.goto(f"{server.address}{STATISTICS}{path}")
    for image in page.locator("main img").all():
        image.scroll_into_view_if_needed()
        image.evaluate("picture => picture.decode()")  # until it is there

    assert page.evaluate(PICTURES_LOADED) == [True] * pictures
    assert page.evaluate(SHIFTS) == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert said == []
    shoot(page, f"thong-ke-{path.strip('/') or 'ca-nuoc'}-{width}")


def test_a_province_is_found_without_javascript_and_leads_to_its_page(start_server, new_page):
    server, page = start_server(), new_page(SIZES[360], with_script=False)

    page.goto(server.address + STATISTICS)
    page.fill("[name=q]", "thai nguyen")
    page.click("button:has-text('Tìm')")
    page.click(".league a")

    page.wait_for_selector("h1:has-text('LĐLĐ tỉnh Thái Nguyên')")
    assert page.url == f"{server.address}{STATISTICS}19/"
