"""The form where the network, the device or the text lets people down: nothing is lost, nothing is stored twice."""

import pytest

from tests.browser import worker
from tests.browser.conftest import CAMPAIGN, shoot

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
FORM = f"{CAMPAIGN}gui-sang-kien/"
SENT = "SELECT count(*) FROM initiatives_initiative WHERE title = ?"
TCVN3 = "T«i c¶i tiÕn m¸y hµn, tiÕt kiÖm ®iÖn cho c«ng ty."
UNICODE = "Tôi cải tiến máy hàn, tiết kiệm điện cho công ty."


def open_form(server, page):
    page.goto(server.address + FORM)
    page.wait_for_selector("#id_top_box")


def count(server):
    return server.rows(SENT, worker.TITLE)[0][0]


@pytest.fixture
def phone(new_page):
    return new_page(PHONE)


def test_the_line_is_cut_before_and_in_the_middle_of_sending_and_one_record_is_there_at_the_end(start_server, phone):
    server = start_server()
    open_form(server, phone)
    worker.fill_form(phone, with_script=True)
    phone.check("[name=consent]")
    phone.context.set_offline(True)
    phone.click("#send")
    phone.wait_for_selector("#send-note:has-text('mất mạng')")
    shoot(phone, "form-offline-360")
    assert count(server) == 0

    phone.context.set_offline(False)

    def arrives_but_the_answer_is_lost(route):
        if route.request.method != "POST":
            return route.continue_()
        route.fetch(max_redirects=0)
        return route.abort("connectionreset")

    phone.route(f"**{FORM}", arrives_but_the_answer_is_lost)
    phone.click("#send")
    phone.wait_for_selector("#send-note:has-text('Chữ bạn gõ còn nguyên')")
    assert count(server) == 1
    assert phone.input_value("[name=title]") == worker.TITLE

    phone.unroute(f"**{FORM}")
    phone.click("#send:has-text('Gửi lại')")
    phone.wait_for_url("**/da-nhan/**")
    phone.reload()
    phone.wait_for_selector(".code")

    assert count(server) == 1


def test_a_draft_survives_a_reload_and_a_closed_tab_until_the_receipt_and_one_tap_clears_it(start_server, phone):
    server = start_server()
    open_form(server, phone)
    worker.fill_form(phone, with_script=True)

    phone.wait_for_timeout(500)
    phone.reload()
    phone.wait_for_selector("#draft-note:has-text('Đã khôi phục')")
    phone.wait_for_selector("#id_unit option:checked:has-text('Đại Từ')", state="attached")
    context = phone.context
    phone.close()

    again = context.new_page()
    open_form(server, again)
    again.wait_for_selector("#id_unit option:checked:has-text('Đại Từ')", state="attached")
    shoot(again, "form-restored-360")
    assert again.input_value("[name=description]") == worker.DESCRIPTION
    assert again.input_value("#id_unit_box") == "LĐLĐ huyện Đại Từ"
    assert again.is_checked("[name=field][value=production]")
    assert not again.is_checked("[name=consent]")
    worker.send(again)
    open_form(server, again)
    assert again.input_value("[name=title]") == ""

    again.fill("[name=title]", "Một ý khác")
    again.wait_for_timeout(500)
    again.click("#draft-note button")
    again.wait_for_selector("#id_top_box")
    again.wait_for_timeout(300)
    assert again.input_value("[name=title]") == ""
    assert again.evaluate("Object.keys(localStorage).length") == 0


def test_two_tabs_keep_a_draft_each_and_one_that_only_looks_changes_neither(start_server, phone):
    server, other = start_server(), phone.context.new_page()
    open_form(server, phone)
    phone.fill("[name=title]", "Ý thứ nhất")
    phone.wait_for_timeout(500)
    open_form(server, other)
    assert other.input_value("[name=title]") == ""
    other.fill("[name=title]", "Ý thứ hai")
    other.wait_for_timeout(500)
    looking = phone.context.new_page()
    open_form(server, looking)
    looking.close()

    kept = phone.evaluate("Object.values(localStorage).map((text) => JSON.parse(text).values.title)")
    assert sorted(kept) == ["Ý thứ hai", "Ý thứ nhất"]


def test_the_unit_of_a_draft_outlives_a_list_that_does_not_come(start_server, phone):
    server = start_server()
    open_form(server, phone)
    worker.fill_form(phone, with_script=True)
    phone.wait_for_timeout(500)
    phone.route("**/don-vi/*.json", lambda route: route.abort())
    phone.reload()
    phone.wait_for_selector("#draft-note:has-text('Đã khôi phục')")
    phone.fill("[name=title]", "Tên khác")
    phone.wait_for_timeout(500)
    phone.unroute("**/don-vi/*.json")
    phone.reload()
    phone.wait_for_selector("#id_unit option:checked:has-text('Đại Từ')", state="attached")

    assert phone.input_value("[name=title]") == "Tên khác"


def test_an_answer_that_is_no_page_of_ours_leaves_the_form_as_it_is(start_server, phone):
    server = start_server()
    open_form(server, phone)
    worker.fill_form(phone, with_script=True)
    phone.check("[name=consent]")
    phone.route(f"**{FORM}", lambda route: route.fulfill(status=403, body="<h1>Wi-Fi</h1>", content_type="text/html"))
    phone.click("#send")
    phone.wait_for_selector("#send-note:has-text('Chữ bạn gõ còn nguyên')")
    phone.unroute(f"**{FORM}")
    phone.click("#send")
    phone.wait_for_url("**/da-nhan/**")

    assert count(server) == 1


def test_a_draft_that_was_not_sent_in_time_can_be_copied_and_cleared_after_closing(start_server, new_page):
    early, late = start_server(), start_server("2021-04-21T00:00:10+07:00")
    phone = new_page(PHONE)
    open_form(early, phone)
    phone.fill("[name=title]", worker.TITLE)
    phone.wait_for_timeout(500)
    kept = phone.evaluate("JSON.stringify(localStorage)")
    phone.goto(late.address + CAMPAIGN)
    phone.evaluate("(kept) => Object.entries(JSON.parse(kept)).forEach(([k, v]) => localStorage.setItem(k, v))", kept)
    phone.goto(late.address + FORM)

    phone.wait_for_selector(f"#kept-drafts:has-text('{worker.TITLE}')")
    shoot(phone, "closed-with-draft-360")
    phone.click("#kept-drafts button")
    assert phone.evaluate("Object.keys(localStorage).length") == 0


def test_where_nothing_can_be_kept_the_form_works_and_says_so(start_server, new_page):
    server, page = start_server(), new_page(PHONE)
    page.add_init_script("Object.defineProperty(window, 'localStorage', {get() { throw new Error('blocked') }})")
    open_form(server, page)
    assert "không giữ được bản nháp" in page.inner_text("#draft-note")
    worker.fill_form(page, with_script=True)
    worker.send(page)

    assert count(server) == 1


def test_what_is_typed_into_a_picker_is_taken_when_it_is_clear_and_said_when_not(start_server, phone):
    server = start_server()
    open_form(server, phone)
    phone.fill("#id_top_box", "thai nguyen")
    phone.focus("[name=workplace]")
    assert phone.input_value("[name=top]") == "19"
    phone.wait_for_selector("[name=unit] option:nth-child(6)", state="attached")
    phone.fill("#id_unit_box", "Xưởng Zeta")
    phone.focus("[name=workplace]")

    assert phone.is_visible("#div_id_unit .picker-note:has-text('Chưa chọn được')")
    assert phone.input_value("#id_unit_box") == "Xưởng Zeta"
    assert phone.inner_text("#id_unit_list li >> nth=-1").startswith("Không thấy trong danh sách")


def test_an_expired_form_is_sent_again_with_one_tap(start_server, phone):
    server = start_server()
    open_form(server, phone)
    worker.fill_form(phone, with_script=True)
    phone.check("[name=consent]")
    phone.context.clear_cookies()
    phone.click("#send")
    phone.click("button:has-text('Gửi lại')")
    phone.wait_for_url("**/da-nhan/**")

    assert count(server) == 1


def test_the_back_button_after_sending_shows_a_form_that_sends_nothing_again(start_server, phone):
    server = start_server()
    open_form(server, phone)
    worker.fill_form(phone, with_script=True)
    worker.send(phone)
    phone.go_back()
    phone.wait_for_selector("#id_top_box")
    assert phone.is_enabled("#send")
    phone.check("[name=consent]")
    phone.click("#send")
    phone.wait_for_selector("#error-summary, .code")

    assert count(server) == 1


def test_text_of_an_old_font_is_noticed_and_changed_only_when_asked(start_server, phone):
    server = start_server()
    open_form(server, phone)
    worker.fill_form(phone, with_script=True)
    phone.fill("[name=description]", TCVN3)
    phone.wait_for_selector(".old-font .kept-text")
    assert phone.inner_text(".old-font .kept-text") == UNICODE
    assert phone.input_value("[name=description]") == TCVN3
    shoot(phone, "form-old-font-360")
    phone.click("button:has-text('Đổi đoạn này')")

    assert phone.input_value("[name=description]") == UNICODE
    assert phone.locator(".old-font").count() == 0


def test_without_script_the_answer_offers_to_change_the_text(start_server, new_page):
    server, page = start_server(), new_page(PHONE, with_script=False)
    page.goto(server.address + FORM)
    worker.fill_form(page, with_script=False)
    page.fill("[name=description]", TCVN3)
    page.check("[name=consent]")
    page.click("#send")
    assert UNICODE in page.inner_text(".old-font")
    assert page.input_value("[name=description]") == TCVN3
    shoot(page, "form-old-font-without-script-360")
    page.check("[name=consent]")
    page.click("button:has-text('Đổi chữ rồi gửi')")
    page.wait_for_url("**/da-nhan/**")

    assert server.rows("SELECT description FROM initiatives_initiative ORDER BY id DESC LIMIT 1") == [(UNICODE,)]


def test_pasted_text_comes_in_clean_and_is_counted_as_the_server_counts(start_server, phone):
    server = start_server()
    open_form(server, phone)
    phone.focus("[name=description]")
    phone.evaluate(
        """() => {
          const data = new DataTransfer();
          data.setData("text/plain", "e\\u0302\\u0301".repeat(996) + "\\r\\n\\u200bab\\u00a0c");
          const pasted = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
          document.activeElement.dispatchEvent(pasted);
        }"""
    )

    assert phone.inner_text("#id_description_counter") == "1.001/1.000 ký tự"
    assert phone.input_value("[name=description]") == "ế" * 996 + "\nab c"


def test_a_workplace_is_found_by_abbreviation_and_by_keyboard_alone(start_server, phone):
    server = start_server()
    open_form(server, phone)
    for query, name in [("TP.HCM", "Hồ Chí Minh"), ("br-vt", "Bà Rịa - Vũng Tàu"), ("cđ gdvn", "Giáo dục")]:
        worker.pick(phone, "top", query)
        assert name in phone.input_value("#id_top_box"), query
    phone.fill("#id_top_box", "tn")
    phone.wait_for_selector("#id_top_list [role=option] >> nth=1")
    shoot(phone, "form-picker-360")
    phone.keyboard.press("ArrowDown")
    phone.keyboard.press("Enter")
    assert phone.input_value("#id_top_box") == "Thái Nguyên"
    phone.fill("#id_top_box", "không có đâu")
    phone.wait_for_selector("#id_top_list:has-text('Không thấy')")
    phone.keyboard.press("Escape")

    assert phone.input_value("#id_top_box") == "Thái Nguyên"
    worker.pick(phone, "unit", "không thấy")
    assert phone.is_visible("[name=unit_other]")
