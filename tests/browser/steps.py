"""What staff do in several steps to get a page into a state that it has only then."""

import io
import re
from base64 import b32decode
from contextlib import contextmanager

import openpyxl
import pikepdf
from django_otp.oath import totp

from tests.browser.server import manage
from tests.browser.visiting import Visit

LETTER = "SELECT body FROM outbox_message WHERE recipient = ? ORDER BY id DESC"
ENTRY_WITHOUT = "SELECT entry.id FROM dossiers_dossierentry AS entry JOIN dossiers_dossier AS dossier "
ENTRY_WITHOUT += "ON dossier_id = dossier.id WHERE dossier.state = 'DRAFT' AND birth_years = ''"
FILED = "SELECT id FROM dossiers_dossier WHERE state = 'FILED'"
HEADER_ROW, PHONE_COLUMN = 3, 2


@contextmanager
def beside(visit, who):
    """Somebody else who visits the same site at the same time."""
    page = visit.page.context.browser.new_page()
    other = Visit(page, visit.server)
    other.sign_in(who)
    yield other
    page.close()


def work_off(visit, more=""):
    """Let the queue of the site do what waits in it."""
    manage(visit.server.environment, "shell", "-c", f"from tests.papers import run_queue\n{more}\nrun_queue()")


def link_in_letter(visit, recipient):
    """Return the path of the link in the last letter to an address."""
    return re.search(r"https?://[^/\s]+(/\S+)", visit.first(LETTER, recipient))[1]


# Accounts


def invite(visit, email):
    """Have the board invite somebody; return the path of the link in the letter."""
    with beside(visit, "hoi-dong") as board:
        board.open("/cong-doan/can-bo/moi/")
        board.page.fill("[name=email]", email)
        board.page.select_option("[name=union]", "LĐLĐ huyện Đại Từ")
        board.press("main form button", until=f"text={email}")
    return link_in_letter(visit, email)


def take_back_invitation(visit, email):
    with beside(visit, "hoi-dong") as board:
        board.open("/cong-doan/can-bo/")
        board.page.click(f"button:has-text('Rút lời mời {email}')")
        board.page.wait_for_selector(f"text={email}", state="detached")


def reset_link(visit, email):
    """Have a letter with a link to a new password written; return the path of the link."""
    work_off(visit, f"from accounts.passwords import write_letters; write_letters('{email}', '1')")
    return link_in_letter(visit, email)


def turn_second_factor_on(visit):
    visit.open("/tai-khoan/hai-buoc/")
    key = visit.page.inner_text("strong[translate=no]").replace(" ", "")
    visit.page.fill("[name=code]", f"{totp(b32decode(key)):06d}")
    visit.page.fill("main [name=password]", "sangkien-demo")
    visit.press("main form button", until="text=Mã dự phòng")


# Paper


def upload_paper(visit, *, is_right=True):
    """Upload the site's own template, filled in with its own examples, and have it checked."""
    visit.open("/cong-doan/nhap-tu-giay/")
    address = visit.page.locator("a:has-text('Mẫu của')").first.get_attribute("href")
    book = openpyxl.load_workbook(io.BytesIO(visit.page.request.get(visit.server.address + address).body()))
    for row in book["Ví dụ"].iter_rows(min_row=HEADER_ROW + 1):
        for cell in row:
            book.worksheets[0].cell(cell.row, cell.column, cell.value)
    if not is_right:
        book.worksheets[0].cell(HEADER_ROW + 1, PHONE_COLUMN, "12")
    content = io.BytesIO()
    book.save(content)
    file = {"name": "phieu-giay.xlsx", "mimeType": "", "buffer": content.getvalue()}
    visit.page.set_input_files("[name=file]", file)
    visit.press("button:has-text('Tải lên và kiểm tra')", until="progress")
    work_off(visit)
    visit.page.wait_for_selector("progress", state="detached")  # the page comes again by itself


def store_paper(visit):
    upload_paper(visit)
    visit.press("button:has-text('Xác nhận, lưu')", until="progress")
    work_off(visit)
    visit.page.wait_for_selector("progress", state="detached")  # the page comes again by itself


# The dossier


def complete_dossier(visit):
    """Give the draft what it lacks, so that it has only to be filed."""
    if visit.server.rows(ENTRY_WITHOUT):
        visit.dossier("DRAFT", f"muc/{visit.first(ENTRY_WITHOUT)}/")
        visit.page.fill("[name=birth_years]", "1985")
        visit.press("button:has-text('Lưu')", until="#danh-sach")
    visit.dossier("DRAFT")
    for name, text in (("letter_number", "15/TTr-CĐCS"), ("letter_date", "01/04/2021"), ("signer", "Hoàng Văn Mẫu")):
        visit.page.fill(f"[name={name}]", text)
    visit.press("button:has-text('Lưu số, ngày, người ký')", until="text=Đã lưu")
    scan = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(scan)
    visit.page.set_input_files("[name=file]", {"name": "to-trinh.pdf", "mimeType": "", "buffer": scan.getvalue()})
    visit.press("button:has-text('Tải tờ trình lên')", until="text=Hồ sơ đã đủ")


def give_back(visit):
    """Have the board return what was filed, with what is to be mended at the letter and at an entry."""
    with beside(visit, "hoi-dong") as board:
        board.open("/quan-tri/awards/fileddossier/")
        board.page.click(f"a[href*='/{visit.first(FILED)}/change/']")
        form = board.page.locator("form:has(button:has-text('Trả lại để bổ sung'))")
        form.locator("[name=reason]").fill("Cần bổ sung.")
        form.locator("summary").click()
        form.locator("[name=letter]").fill("Thiếu dấu của công đoàn.")
        form.locator("[name^=entry-]").first.fill("Nêu rõ cách tính giá trị làm lợi.")
        board.press("button:has-text('Trả lại để bổ sung')", until="text=Đã trả hồ sơ")
