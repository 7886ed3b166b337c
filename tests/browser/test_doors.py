"""What only a browser shows of the doors: sharing where it works, copying, the badge on somebody else's page."""

import pytest

from tests.browser.conftest import CAMPAIGN, shoot

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
DEVICE_THAT_SHARES = "navigator.share = async (what) => { document.title = JSON.stringify(what); }"
NEWEST = "SELECT secret FROM initiatives_initiative WHERE status = 'SENT' ORDER BY id DESC LIMIT 1"


def test_a_receipt_shares_the_programme_where_the_device_can_and_is_downloaded(start_server, new_page):
    server = start_server()
    ((secret,),) = server.rows(NEWEST)
    programme = server.address + CAMPAIGN
    page = new_page(PHONE)
    page.add_init_script("delete Navigator.prototype.share")
    page.goto(f"{programme}da-nhan/{secret}/")
    assert page.is_hidden("#share")

    page.add_init_script(DEVICE_THAT_SHARES)
    page.reload()
    shoot(page, "receipt-360")
    page.click("#share")
    assert page.title() == f'{{"title":"75 nghìn sáng kiến, vượt khó, phát triển","url":"{programme}"}}'

    with page.expect_download() as started:
        page.click("text=Tải biên nhận (PDF)")
    assert started.value.suggested_filename == f"bien-nhan-{page.inner_text('.code')}.pdf"


@pytest.mark.parametrize("with_script", [True, False])
def test_a_portal_copies_the_badge_and_it_shows_on_its_page(start_server, new_page, with_script):
    server = start_server()
    page = new_page(PHONE, with_script=with_script)
    page.goto(f"{server.address}{CAMPAIGN}ma-qr/?don-vi=TN41")
    assert page.is_visible("text=Chép đoạn mã") is with_script
    snippet = page.input_value("textarea")
    shoot(page, "badge-360")

    portal = new_page(PHONE)
    portal.set_content(f"<p>Cổng thông tin</p>{snippet}")
    picture = portal.locator("img")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    shoot(portal, "badge-on-a-portal-360")
    picture.click()
    portal.wait_for_selector("text=Bạn đang gửi qua đường dẫn của")
    assert "Samsung" in portal.inner_text("main")
