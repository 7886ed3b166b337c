"""What only a browser shows: counting, closing while somebody types, back button, double tap, focus."""

import pytest

from tests.browser import worker
from tests.browser.conftest import CAMPAIGN, shoot

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
FORM = f"{CAMPAIGN}gui-sang-kien/"


@pytest.fixture
def phone(browser):
    """A page on a phone; what the browser complains about fails the test."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if "Content Security" in message.text else None)
    yield page
    context.close()
    assert complaints == []


def test_closing_time_passes_while_somebody_types_and_the_text_is_still_there(start_server, phone):
    server = start_server("2021-04-20T23:59:50+07:00")
    phone.goto(server.address + FORM)
    worker.fill_form(phone, with_script=True)
    phone.check("[name=consent]")
    phone.wait_for_timeout(11_000)

    phone.click("#send")
    phone.wait_for_selector("h1:has-text('Đã đóng')")

    shoot(phone, "closed-while-typing-360")
    assert worker.TITLE in phone.inner_text("main")
    assert "bốn tầng có bánh xe" in phone.inner_text("main")
    assert server.rows("SELECT 1 FROM initiatives_initiative WHERE title = ?", worker.TITLE) == []


def test_the_counter_agrees_with_the_server_and_nothing_is_cut(start_server, phone):
    server = start_server()
    phone.goto(server.address + FORM)
    worker.fill_form(phone, with_script=True)
    decomposed = "e\u0302\u0301" * 995 + "\n" + "abcd"
    phone.fill("[name=description]", decomposed)
    assert phone.inner_text("#id_description_counter") == "1.000/1.000 ký tự"

    phone.fill("[name=description]", decomposed + "e")
    assert phone.inner_text("#id_description_counter") == "1.001/1.000 ký tự"
    phone.check("[name=consent]")
    phone.click("#send")
    phone.wait_for_selector(".invalid-feedback")

    assert "1.001/1.000" in phone.inner_text("#error-summary")
    assert phone.evaluate("document.activeElement.name") == "description"
    shoot(phone, "form-too-long-360")
    phone.fill("[name=description]", decomposed)
    worker.send(phone)
    assert server.rows("SELECT length(description) FROM initiatives_initiative ORDER BY id DESC LIMIT 1") == [(1000,)]


def test_double_tap_back_button_and_reload_make_one_record(start_server, phone):
    server = start_server()
    phone.goto(server.address + FORM)
    worker.fill_form(phone, with_script=True)
    phone.check("[name=consent]")
    phone.dblclick("#send")
    phone.wait_for_url("**/da-nhan/**")
    code = phone.inner_text(".code")
    phone.reload()
    phone.go_back()
    phone.wait_for_selector("#send")

    assert server.rows("SELECT count(*) FROM initiatives_initiative WHERE title = ?", worker.TITLE) == [(1,)]
    assert len(code) == len("XXXX-XXXX-XXXX")


def test_no_page_is_wider_than_the_phone(start_server, phone):
    server = start_server()
    for path in ("", "gui-sang-kien/", "theo-doi/", "huong-dan/", "thong-ke/", "ket-qua/", "ma-qr/"):
        phone.goto(f"{server.address}{CAMPAIGN}{path}")
        assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path
        shoot(phone, f"{path.strip('/') or 'landing'}-360")


@pytest.mark.parametrize("with_script", [True, False])
def test_its_author_corrects_and_withdraws_from_the_private_page(start_server, new_page, with_script):
    server = start_server()
    page = new_page(PHONE, with_script=with_script)
    page.goto(server.address + FORM)
    worker.fill_form(page, with_script=with_script)
    worker.send(page)

    page.click("a:has-text('Sửa sáng kiến')")
    page.fill("[name=title]", "Giá phơi chè bốn tầng")
    shoot(page, "correction-360")
    page.click("button:has-text('Lưu thay đổi') >> visible=true")
    page.wait_for_selector("text=Đã lưu thay đổi.")
    page.click("a:has-text('Rút sáng kiến')")
    shoot(page, "withdraw-360")
    page.click("button:has-text('Vâng, rút sáng kiến')")
    page.wait_for_selector("h1:has-text('Sáng kiến đã rút')")

    shoot(page, "withdrawn-360")
    newest = "SELECT title, status FROM initiatives_initiative ORDER BY id DESC LIMIT 1"
    assert server.rows(newest) == [("Giá phơi chè bốn tầng", "WITHDRAWN")]
