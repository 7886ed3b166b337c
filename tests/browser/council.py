"""What the board and its council do in the browser before they choose: findings, objections, criteria, marks."""

from tests.browser.conftest import CAMPAIGN, shoot
from tests.factories import a_pdf

LIST = f"{CAMPAIGN}lay-y-kien/19/"
SCORING = "/quan-tri/awards/scoring/1/"
# Kind of objection → what is said, and how to answer.
OBJECTIONS = {
    "CONTENT": ("Giá như vậy tổ tôi đã dùng từ năm 2018.", "Vi Thị Phản", "0912 345 670"),
    "RESULT": ("Số công đỡ được không đúng: sổ chấm công ghi khác.", "Lý Văn Ánh", "ly.anh@example.vn"),
    "AUTHORSHIP": ("Người nghĩ ra là anh Tố ở tổ 3, không có tên.", "Tô Văn Tố", "0912 345 672"),
}
MEMBERS = [
    ("Đinh Hữu Thọ", "Trưởng ban", "Chủ tịch hội đồng", "Không thuộc đơn vị nào nộp hồ sơ"),
    ("Nông Thị Kim Oanh", "Phó Trưởng ban", "Thư ký", "Không thuộc đơn vị nào nộp hồ sơ"),
    ("Vi Đức Mạnh", "Kỹ sư", "Ủy viên", "Không thuộc đơn vị nào nộp hồ sơ"),
    ("Hoàng Thị Duyên", "Phó Chủ tịch LĐLĐ huyện Đại Từ", "Ủy viên", "LĐLĐ huyện Đại Từ"),
]


def press(page, button, until):
    page.click(f"button:has-text('{button}')")
    page.wait_for_selector(f"text={until}")


def judge_last_dossier(board, server):
    """Nineteen are found valid; the last one is found on, condition by condition."""
    board.goto(f"{server.address}/quan-tri/")
    shoot(board, "board-story-home")
    board.click("a:has-text('hồ sơ mới nộp')")
    board.click("a:has-text('LĐLĐ huyện Đại Từ')")
    assert board.is_disabled("button:has-text('Hồ sơ hợp lệ')")
    for condition in ("NO_COMPLAINT", "NO_DISPUTE"):
        form = board.locator(f"form[action$='/dieu-kien/{condition}/']")
        form.locator("[name=holds][value=yes]").check()
        form.locator("textarea").fill("Đến ngày xét không nhận được đơn nào.")
        form.locator("button").click()
        board.wait_for_selector("text=Đã ghi kết luận.")
    board.fill("#verdict_reason", "Đủ bốn điều kiện.")
    shoot(board, "board-story-dossier")
    press(board, "Hồ sơ hợp lệ", "Đã kết luận: hồ sơ hợp lệ.")


def ask_for_objections(board, server):
    board.goto(f"{server.address}/quan-tri/awards/consultation/")
    board.click("#result_list a")
    shoot(board, "board-story-consultation")
    board.fill("[name=days]", "10")
    press(board, "Xem trước danh sách", "Dưới đây là đúng những gì mọi người sẽ thấy.")
    assert board.locator(".preview li.panel").count() == 67
    shoot(board, "board-story-list-preview")
    press(board, "Công bố danh sách này", "Đã công bố danh sách.")
    shoot(board, "board-story-consultation-open")


# Objections


def objected(phone, server, place, kind):
    """Object to the entry at this place of the list; return its title."""
    text, name, contact = OBJECTIONS[kind]
    phone.goto(f"{server.address}{LIST}")
    title = phone.locator("li.panel h3").nth(place).inner_text().split(". ", 1)[1]
    phone.locator("li.panel a:has-text('Gửi phản ánh')").nth(place).click()
    phone.check(f"[name=kind][value={kind}]")
    phone.fill("[name=text]", text)
    if kind == "RESULT":
        phone.set_input_files("[name=files]", {"name": "so.pdf", "mimeType": "", "buffer": a_pdf()})
    phone.fill("[name=complainant]", name)
    phone.fill("[name=contact]", contact)
    phone.check("[name=consent]")
    shoot(phone, f"board-story-objection-{kind.lower()}")
    press(phone, "Gửi phản ánh", "Đã nhận phản ánh của bạn")
    assert title in phone.inner_text("main")
    return title


def deal_with(board, server, title, outcome=""):
    """Take a complaint up and hear its author; conclude it with an outcome, or leave it open."""
    board.goto(f"{server.address}/quan-tri/awards/complaint/")
    board.click(f"#result_list a:has-text('{title}')")
    press(board, "Thụ lý đơn này", "Đã thụ lý đơn.")
    if not outcome:
        return
    board.fill("[name=held_on]", "19/04/2021")
    board.fill("[name=heard]", "Tác giả và tổ trưởng")
    board.fill("[name=said]", "Trình bày sổ theo dõi, ảnh chụp và ngày bắt đầu dùng.")
    press(board, "Ghi buổi làm việc", "Đã ghi buổi làm việc.")
    shoot(board, f"board-story-complaint-{outcome.lower()}")
    board.check(f"[name=state][value={outcome}]")
    board.fill("[name=outcome]", "Đã đối chiếu sổ theo dõi của đơn vị.")
    press(board, "Ghi kết luận", "Đã ghi kết luận về đơn.")


# Marks


def lay_down_criteria(board, server):
    board.goto(f"{server.address}/quan-tri/")
    board.goto(f"{server.address}{SCORING}")
    shoot(board, "board-story-scoring-empty")
    board.click("main a:has-text('đặt tiêu chí'), #content a:has-text('đặt tiêu chí')")
    press(board, "Dùng bộ tiêu chí có sẵn", "Đã đặt bộ tiêu chí có sẵn.")
    shoot(board, "board-story-criteria")


def name_council(board, server):
    board.click(".scoring-links a:has-text('Hội đồng')")
    for name, job_title, duty, home in MEMBERS:
        board.fill("[name=full_name]", name)
        board.fill("[name=job_title]", job_title)
        board.select_option("[name=duty]", label=duty)
        board.select_option("[name=user]", label=name)
        board.select_option("[name=home_union]", label=home)
        press(board, "Thêm vào hội đồng", f"Đã thêm {name} vào hội đồng.")
    shoot(board, "board-story-council")


def mark(page, server, *points):
    """Mark the first entry that waits, by typed points; the total is counted while typing."""
    page.goto(f"{server.address}/quan-tri/")
    page.click("a:has-text('chờ bạn chấm điểm')")
    page.click(".parts tr:has-text('Chờ chấm') a")
    for number, given in enumerate(points):
        page.locator("[data-points]").nth(number).fill(str(given))
    total = f"{sum(points):g}".replace(".", ",")
    page.wait_for_selector(f"#total:has-text('{total}')")
    shoot(page, "board-story-sheet")
    press(page, "Nộp phiếu", "Đã nộp phiếu")


def step_aside(page, server):
    """Say that one does not mark the entry that waits next; return its title."""
    page.goto(f"{server.address}{SCORING}")
    title = page.inner_text(".parts tr:has-text('Chờ chấm') a")
    page.click(f".parts a:has-text('{title}')")
    page.click("summary:has-text('Không chấm sáng kiến này')")
    page.fill("details.aside textarea", "Tác giả là em ruột tôi.")
    press(page, "Ghi: không chấm", "Đã ghi:")
    return title


def see_own_union(page, server):
    page.goto(f"{server.address}{SCORING}")
    shoot(page, "board-story-own-parts")
    assert page.locator(".parts tr:has-text('Của công đoàn mình, không chấm')").count() == 3


def end_marking(board, server):
    board.goto(f"{server.address}{SCORING}")
    shoot(board, "board-story-progress")
    assert "Còn chờ chấm: 0/66 sáng kiến" in board.inner_text("#con-cho")
    board.check("[name=aware]")
    press(board, "Kết thúc chấm điểm", "Đã kết thúc chấm điểm.")


def see_standings(page, server, aside):
    """After the end everybody of the council reads all marks; who stepped aside marked nothing there."""
    page.goto(f"{server.address}{SCORING}ket-qua/")
    shoot(page, "board-story-standings")
    assert page.locator(".standings tr:has-text('bằng điểm')").count() == 2
    assert "Vi Đức Mạnh" not in page.locator(f".standings tr:has-text('{aside}')").inner_text()
