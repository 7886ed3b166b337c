"""The desk's whole job: from paper over screening to a dossier that is filed, given back, mended and filed again."""

import io
import json

import openpyxl
import pytest

from initiatives.import_reading import SHEET
from tests.browser.conftest import shoot
from tests.browser.server import manage
from tests.documents import texts_of
from tests.factories import a_pdf, a_picture
from tests.papers import HEADER_ROW, HEADERS, paper

pytestmark = pytest.mark.browser
DESK = {"width": 1280, "height": 800}
UNION = "LĐLĐ huyện Vừa Lập"
OPEN_UNION = f"""
from accounts.models import Level, Role, Union, User
from accounts.roles import grant

top = Union.objects.get(code="19")
union = Union.objects.create(level=Level.UPPER, parent=top, code="TN99", name="{UNION}", short_name="Vừa Lập")
for name in ("vua-lap", "vua-lap-2"):
    grant(User.objects.create_user(name, password="sangkien-demo", full_name=f"Cán bộ {{name}}"), union, Role.STAFF)
"""
TITLES = ["Giá phơi chè", "Xe gom rác", "Bẫy sâu rau", "Thẻ học chữ", "Móc treo áo"]
DONE_TO_DOSSIER = [
    "opened", *["entry_added"] * 3, "entries_reordered", "entry_moved", "letter_described", "file_taken",
    "file_taken", "letter_uploaded", "letter_arranged", "filed", "judged_returned", "letter_uploaded", "filed",
]  # fmt: skip
EFFECTS = ["Đỡ một nửa công phơi, chè khô đều.", "Đỡ một nửa công phơi: mỗi ngày 4 công, 800.000 đồng."]
LETTER = "SELECT extension FROM dossiers_letterfile WHERE letter_id = ? ORDER BY place"
DEEDS = "SELECT deed FROM record_event WHERE subject_kind = 'dossier' AND subject_id = ? ORDER BY number"
# Who imported is on record; the author is the worker.
AUTHORED = (
    "SELECT full_name, event.by_name FROM initiatives_initiative AS initiative JOIN record_event AS event "
    "ON subject_id = initiative.id AND subject_kind = 'initiative' AND deed = 'imported' WHERE branch_id = ?"
)


@pytest.fixture
def server(start_server):
    server = start_server()
    manage(server.environment, "shell", "-c", OPEN_UNION)
    server.start_queue()
    return server


@pytest.fixture
def signed_in(new_page, server):
    def sign_in(name):
        page = new_page(DESK)
        page.set_default_timeout(15_000)  # the queue looks every two seconds, the page after it
        page.goto(f"{server.address}/dang-nhap/")
        page.fill("[name=username]", name)
        page.fill("[name=password]", "sangkien-demo")
        page.click("main button")
        page.wait_for_url(lambda address: "/dang-nhap/" not in address)
        return page

    return sign_in


def press(page, button, until):
    page.click(f"button:has-text('{button}')")
    page.wait_for_selector(f"text={until}")


def taken(page, what):
    """Click something that hands out a file; return its bytes."""
    with page.expect_download() as download:
        page.click(what)
    return download.value.path().read_bytes()


# From paper


def filled(template, rows):
    """Type rows into the workbook that the site handed out."""
    book = openpyxl.load_workbook(io.BytesIO(template))
    places = {cell.value: cell.column for cell in book[SHEET][HEADER_ROW]}
    for number, row in enumerate(rows, start=HEADER_ROW + 1):
        for name, text in row.items():
            book[SHEET].cell(number, places[HEADERS[name]], text)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def upload(page, name, content):
    page.click("text=Việc cần làm")
    page.click("a:has-text('nhập từ phiếu giấy')")
    page.set_input_files("[name=file]", {"name": name, "mimeType": "", "buffer": content})
    page.click("button:has-text('Tải lên và kiểm tra')")


def take_in_paper(page):
    page.click("a:has-text('nhập từ phiếu giấy')")
    template = taken(page, f"a:has-text('Mẫu của {UNION}')")
    rows = [paper(number, title=title, phone=f"091234567{number}") for number, title in enumerate(TITLES)]
    upload(page, "sai.xlsx", filled(template, [rows[0], rows[1] | {"phone": "12"}]))
    page.wait_for_selector("text=Có 1 chỗ cần sửa. Chưa lưu dòng nào.")
    assert "Dòng 5, cột Số điện thoại (ô B5)" in page.inner_text("main")
    upload(page, "phieu-giay.xlsx", filled(template, rows))
    page.wait_for_selector("text=Sẽ lưu 5 sáng kiến mới")
    shoot(page, "desk-story-preview")
    press(page, "Xác nhận, lưu 5 sáng kiến", "Đã lưu 5 sáng kiến")
    codes = openpyxl.load_workbook(io.BytesIO(taken(page, "button:has-text('Tải danh sách mã')"))).active
    assert [row[3] for row in codes.iter_rows(min_row=2, values_only=True)] == TITLES


def screen(page):
    """Four are accepted together, one is not, each after a look at what will change."""
    page.click("a:has-text('Rà soát các sáng kiến')")
    page.click("a:has-text('Chọn cả trang này')")
    page.uncheck(f"tr:has-text('{TITLES[4]}') input")
    press(page, "Chấp nhận…", "Chưa có gì thay đổi.")
    press(page, "Chấp nhận 4 sáng kiến", "Đã chấp nhận 4 sáng kiến")
    page.check(f"tr:has-text('{TITLES[4]}') input")
    press(page, "Không đạt…", "Chưa có gì thay đổi.")
    page.select_option("[name=picked]", index=1)
    press(page, "Ghi nhận không đạt 1 sáng kiến", "Đã ghi nhận không đạt 1 sáng kiến.")


# The dossier


def choose(page):
    page.click("text=Việc cần làm")
    press(page, "Lập hồ sơ", "Chưa có sáng kiến nào trong hồ sơ.")
    page.click("a:has-text('Chọn thêm')")
    for number, title in enumerate(TITLES[:3], start=1):
        page.click(f"article:has-text('{title}') button:has-text('Đưa vào hồ sơ')")
        page.wait_for_selector(f"text=Đã chọn {number}/3 sáng kiến")
    page.click("a:has-text('Xong, về hồ sơ')")


def order(page):
    return [text.split(". ", 1)[1] for text in page.locator("#danh-sach h3").all_inner_texts()]


def put_into_order(page):
    """The last one is dragged to the top with the mouse, then the button moves it down by one."""
    handle = page.locator("#danh-sach .handle").nth(2)
    handle.hover()
    page.mouse.down()
    top = page.locator("#danh-sach article").first.bounding_box()
    page.mouse.move(top["x"] + 20, top["y"] + 2, steps=8)
    page.mouse.up()
    page.wait_for_selector("text=Đã lưu thứ tự mới.")
    assert order(page) == [TITLES[2], TITLES[0], TITLES[1]]
    page.click("#danh-sach article:first-child button:has-text('↓ Xuống')")
    page.wait_for_selector(f"h3:has-text('1. {TITLES[0]}')")
    assert order(page) == [TITLES[0], TITLES[2], TITLES[1]]


def summarise(page, place, effect):
    page.click(f"#danh-sach article:nth-child({place}) a:has-text('Sửa tóm tắt')")
    page.fill("[name=effect]", effect)
    press(page, "Lưu", f"Đã lưu sáng kiến {place}.")


def letter_and_table(page):
    page.fill("[name=letter_number]", "07/TTr-LĐLĐ")
    page.fill("[name=letter_date]", "01/04/2021")
    page.fill("[name=signer]", "Hoàng Văn Mẫu")
    press(page, "Lưu số, ngày, người ký", "Chưa tải lên tờ trình đã ký.")
    letter = "\n".join(texts_of(taken(page, "a:has-text('Tải tờ trình (Word)')")))
    assert [title in letter for title in (*TITLES[:3], "07/TTr-LĐLĐ")] == [True] * 4
    sheet = openpyxl.load_workbook(io.BytesIO(taken(page, "a:has-text('Tải bảng tổng hợp')"))).active
    cells = [value for row in sheet.values for value in row]
    assert [cell for cell in cells if cell in TITLES] == [TITLES[0], TITLES[2], TITLES[1]]


def upload_letter(page, *files):
    page.set_input_files("[name=file]", list(files))
    press(page, "Tải tờ trình lên", "Đã nhận tờ trình đã ký.")


def scan():
    return {"name": "to-trinh.pdf", "mimeType": "", "buffer": a_pdf()}


def picture():
    return {"name": "trang-2.jpg", "mimeType": "", "buffer": a_picture()}


def file(page, number):
    page.wait_for_selector("text=Hồ sơ đã đủ")
    page.click("a:has-text('Xem lại và nộp hồ sơ')")
    shoot(page, f"desk-story-last-look-{number}")
    press(page, "Nộp hồ sơ này", "Số biên nhận")
    assert page.inner_text("h1").endswith(f"-{number}")
    shoot(page, f"desk-story-receipt-{number}")


def give_back(page, server):
    """The board returns the dossier with what is to be mended at one entry."""
    page.goto(f"{server.address}/quan-tri/awards/fileddossier/")
    page.click(f"a:has-text('{UNION}')")
    form = page.locator("form:has(button:has-text('Trả lại để bổ sung'))")
    form.locator("[name=reason]").fill("Cần bổ sung cách tính.")
    form.locator("summary").click()
    form.locator("[name^=entry-]").first.fill("Nêu rõ cách tính giá trị làm lợi.")
    press(page, "Trả lại để bổ sung", "Đã trả hồ sơ để đơn vị bổ sung.")


def sees_change(page):
    """The page of a colleague says so by itself; here it need not wait for its next look."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector("#watch:has-text('Cán bộ vua-lap vừa sửa hồ sơ lúc')")
    press(page, "Lưu số, ngày, người ký", "Một người khác vừa thay đổi hồ sơ này.")


def test_a_union_goes_from_paper_to_a_filed_dossier(server, signed_in):
    page = signed_in("vua-lap")
    take_in_paper(page)
    screen(page)
    choose(page)
    put_into_order(page)
    summarise(page, 1, EFFECTS[0])
    letter_and_table(page)
    upload_letter(page, scan(), picture())
    page.click(".scans button:has-text('↓ Xuống')")
    page.wait_for_selector("li:has-text('Tệp 1: JPG')")
    shoot(page, "desk-story-dossier")
    file(page, 1)

    give_back(signed_in("hoi-dong"), server)
    page.click(f"a:has-text('Hồ sơ của {UNION}')")
    assert "Nêu rõ cách tính giá trị làm lợi." in page.inner_text("#danh-sach article:first-child")
    colleague = signed_in("vua-lap-2")
    colleague.goto(page.url)
    summarise(page, 1, EFFECTS[1])
    sees_change(colleague)
    page.wait_for_selector("text=Bảng tổng hợp đã đổi sau khi tải tờ trình đã ký lên")
    upload_letter(page, scan())
    file(page, 2)
    what_is_left(server)


def what_is_left(server):
    """What the database has at the end: initiatives, entries in their order, two filings, an unbroken record."""
    ((union,),) = server.rows("SELECT id FROM accounts_union WHERE name = ?", UNION)
    found = server.rows("SELECT title, status FROM initiatives_initiative WHERE branch_id = ?", union)
    assert dict(found) == dict.fromkeys(TITLES[:4], "ACCEPTED") | {TITLES[4]: "REJECTED"}
    authors = {f"Nguyễn Thị Hoà {number}" for number in range(5)}
    assert set(server.rows(AUTHORED, union)) == {(author, "Cán bộ vua-lap") for author in authors}
    ((dossier, state),) = server.rows("SELECT id, state FROM dossiers_dossier WHERE union_id = ?", union)
    assert state == "FILED"
    filings = server.rows(
        "SELECT content, letter_id FROM dossiers_filing WHERE dossier_id = ? ORDER BY number", dossier
    )
    entries = [json.loads(content)["entries"] for content, _ in filings]
    assert [[row[5] for row in rows] for rows in entries] == [[TITLES[0], TITLES[2], TITLES[1]]] * 2
    assert [rows[0][9].splitlines()[0] for rows in entries] == EFFECTS
    assert [[kind for (kind,) in server.rows(LETTER, letter)] for _, letter in filings] == [["jpg", "pdf"], ["pdf"]]
    assert [deed for (deed,) in server.rows(DEEDS, dossier)] == DONE_TO_DOSSIER
    manage(server.environment, "verify_record")
