"""The whole main job: a worker sends, a union files, the board chooses and publishes, the worker reads the result."""

import pikepdf
import pytest

from tests.browser import worker
from tests.browser.conftest import CAMPAIGN, shoot

pytestmark = pytest.mark.browser
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
NAME = "Hồ sơ của LĐLĐ huyện Đại Từ"


def sign_in(page, server, name):
    page.goto(f"{server.address}/dang-nhap/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", "sangkien-demo")
    page.click("main button")


def screen(page, server, code):
    """The union's staff find the new initiative and accept it."""
    page.goto(f"{server.address}/cong-doan/")
    page.click("text=chờ rà soát")
    page.fill("[name=q]", "gia phoi che")
    page.click("button:has-text('Lọc')")
    page.click(f"a:has-text('{worker.TITLE}')")
    assert code in page.inner_text("main")
    page.click("button:has-text('Chấp nhận')")
    page.wait_for_selector("text=Đã chấp nhận")


def file_dossier(page, server, name, tmp_path):
    """Put it forward with the letter, see what is missing, and file."""
    page.goto(f"{server.address}/cong-doan/")
    page.click("button:has-text('Lập hồ sơ')")
    page.wait_for_selector("text=Chưa có sáng kiến nào trong hồ sơ.")
    shoot(page, f"{name}-dossier-empty")
    page.click("a:has-text('Chọn thêm')")
    page.fill("[name=q]", "gia phoi che")
    page.click("button:has-text('Tìm')")
    page.click("button:has-text('Đưa vào hồ sơ')")
    page.wait_for_selector("text=Còn 2 chỉ tiêu")
    shoot(page, f"{name}-dossier-choosing")
    page.click("a:has-text('Xong, về hồ sơ')")
    page.click("a:has-text('Sửa tóm tắt')")
    page.fill("[name=birth_years]", "1988")
    page.click("button:has-text('Lưu')")
    page.fill("[name=letter_number]", "15/TTr-LĐLĐ")
    page.fill("[name=letter_date]", "2021-04-01")
    page.fill("[name=signer]", "Hoàng Văn Mẫu")
    page.click("button:has-text('Lưu số, ngày, người ký')")
    page.wait_for_selector("text=Chưa tải lên tờ trình đã ký.")
    letter = tmp_path / "to-trinh.pdf"
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(letter)
    page.set_input_files("[name=file]", letter)
    page.click("button:has-text('Tải tờ trình lên')")
    page.wait_for_selector("text=Hồ sơ đã đủ")
    shoot(page, f"{name}-dossier-ready")
    page.click("a:has-text('Xem lại và nộp hồ sơ')")
    shoot(page, f"{name}-dossier-last-look")
    page.click("button:has-text('Nộp hồ sơ này')")
    page.wait_for_selector("text=Số biên nhận")
    assert page.locator("button:has-text('Bỏ khỏi hồ sơ')").count() == 0
    shoot(page, f"{name}-dossier-filed")


def judge(page, server, name):
    """The board finds the two conditions that no machine can tell, and the dossier valid."""
    page.goto(f"{server.address}/quan-tri/")
    shoot(page, f"{name}-board-home")
    page.goto(f"{server.address}/quan-tri/awards/fileddossier/")
    page.click("a:has-text('LĐLĐ huyện Đại Từ')")
    for condition in ("NO_COMPLAINT", "NO_DISPUTE"):
        form = page.locator(f"form[action$='/dieu-kien/{condition}/']")
        form.locator("[name$=holds][value=yes], [name$=holds][value=True]").first.check()
        form.locator("textarea").fill("Đến nay không nhận được đơn nào.")
        form.locator("button").click()
    page.fill("form:has(button:has-text('Hồ sơ hợp lệ')) textarea", "Đủ bốn điều kiện.")
    shoot(page, f"{name}-board-dossier")
    page.click("button:has-text('Hồ sơ hợp lệ')")
    page.wait_for_selector(".state-valid")


def choose_and_publish(page, server, name):
    page.goto(f"{server.address}/quan-tri/awards/selection/")
    page.click("#result_list a >> nth=0")
    row = page.locator("tr", has_text=worker.TITLE)
    page.fill("[name=reason]", "Hội đồng thống nhất chọn khi chưa chấm xong.")
    row.locator("button:has-text('Chọn khen thưởng')").click()
    page.wait_for_selector(".places:has-text('1/30')")
    page.fill("[name=reason]", "Hội đồng thống nhất đề nghị khi chưa chấm xong.")
    page.locator("tr", has_text=worker.TITLE).locator("button:has-text('Đề nghị biểu dương')").click()
    page.wait_for_selector(".places:has-text('1/4')")
    shoot(page, f"{name}-board-selection")
    page.fill("[name=decision_number]", "212/QĐ-LĐLĐ")
    page.fill(
        "[name=decision_date]",
        "01/04/2021" if page.get_attribute("[name=decision_date]", "type") != "date" else "2021-04-01",
    )
    page.click("button:has-text('Xem lại')")
    shoot(page, f"{name}-board-preview")
    page.check("[name=aware]")
    page.click("button:has-text('Công bố')")
    page.wait_for_selector("text=Đã công bố")


@pytest.mark.parametrize(
    ("size", "with_script"),
    [(PHONE, True), (PHONE, False), (DESK, True)],
    ids=["phone", "phone-without-script", "desk"],
)
def test_an_initiative_goes_from_a_worker_to_the_published_result(
    start_server, new_page, tmp_path, size, with_script, request
):
    name = f"story-{request.node.callspec.id.removesuffix('-chromium').removeprefix('chromium-')}"
    server = start_server()
    page = new_page(size, with_script=with_script)
    page.goto(server.address + CAMPAIGN)
    shoot(page, f"{name}-landing")
    page.click("main a:has-text('Gửi sáng kiến')")
    worker.fill_form(page, with_script=with_script)
    shoot(page, f"{name}-form")
    code = worker.send(page)
    shoot(page, f"{name}-receipt")

    staff = new_page(DESK, with_script=with_script)
    sign_in(staff, server, "dai-tu")
    screen(staff, server, code)
    file_dossier(staff, server, name, tmp_path)
    worker.follow(page, server, code)
    assert "đạt yêu cầu" in page.inner_text(".timeline")

    board = new_page(DESK, with_script=with_script)
    sign_in(board, server, "hoi-dong")
    judge(board, server, name)
    choose_and_publish_seen_only_after(board, page, server, name, code)

    page.goto(f"{server.address}{CAMPAIGN}ket-qua/")
    assert worker.TITLE in page.inner_text("main")
    assert "0559" not in page.content()
    shoot(page, f"{name}-results")


def choose_and_publish_seen_only_after(board, page, server, name, code):
    """The author sees nothing of the choice before it is published (R17)."""
    worker.follow(page, server, code)
    assert page.locator(".timeline .outcome").count() == 0
    choose_and_publish(board, server, name)
    worker.follow(page, server, code)
    assert "Được đề nghị Tổng Liên đoàn biểu dương" in page.inner_text(".timeline")
    assert "212/QĐ-LĐLĐ" in page.inner_text(".timeline")
    shoot(page, f"{name}-outcome")
