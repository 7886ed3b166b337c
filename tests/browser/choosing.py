"""What the board does in the browser once all is marked: choose, keep minutes, take papers away, publish, put right."""

from tests.browser.conftest import CAMPAIGN, shoot
from tests.browser.council import press

SELECTION = "/quan-tri/awards/selection/1/"
REASON = "Hội đồng biểu quyết: lợi ích cho nhiều người lao động hơn."
DECISION = "212/QĐ-LĐLĐ"
TITLE = "td:nth-child(3) > strong"
PAPERS = [
    ("Quyết định khen thưởng", b"PK"),
    ("Danh sách khen thưởng", b"PK"),
    ("Bằng khen, giấy khen", b"%PDF"),
    ("Tờ trình đề nghị biểu dương", b"PK"),
    ("Danh sách đề nghị biểu dương", b"PK"),
    ("Bộ hồ sơ đề nghị biểu dương", b"PK"),
]


def open_selection(page, server):
    page.goto(f"{server.address}/quan-tri/")
    page.click("a:has-text('khen thưởng, ')")
    page.wait_for_selector(".candidates")


def row(page, title):
    return page.locator(f".candidates tr:has({TITLE}:text-is('{title}'))")


def act(page, title, button, until):
    row(page, title).locator(f"button:has-text('{button}')").click()
    page.wait_for_selector(until)


def choose(page):
    """Those above the line at once, one of the tie with a reason; return the titles of the tie, the chosen first."""
    page.click("a:has-text('Đánh dấu 29 sáng kiến')")
    page.click("button:has-text('Chọn khen thưởng các dòng đã đánh dấu')")
    page.wait_for_selector("text=Đã chọn khen thưởng 29 sáng kiến.")
    tied = page.locator(f".candidates tr:has(td:nth-child(2):has-text('bằng điểm')) {TITLE}").all_inner_texts()
    assert len(tied) == 2
    act(page, tied[0], "Chọn khen thưởng", ".note.error:has-text('bằng điểm')")
    shoot(page, "board-story-tie-refused")
    page.fill("[name=reason]", REASON)
    act(page, tied[0], "Chọn khen thưởng", ".places:has-text('30/30')")
    page.fill("[name=reason]", "Cũng xứng đáng.")
    act(page, tied[1], "Chọn khen thưởng", ".note.error:has-text('Đã đủ 30/30 suất')")
    assert page.input_value("[name=reason]") == "Cũng xứng đáng."  # kept; says nothing of what is nominated next
    return tied


def nominate(page):
    """Four in the order of their marks; the fifth finds no place."""
    titles = page.locator(f".candidates tr.chosen {TITLE}").all_inner_texts()[:5]
    for number, title in enumerate(titles[:4], start=1):
        act(page, title, "Đề nghị biểu dương", f".places:has-text('{number}/4')")
    page.fill("[name=reason]", "Thêm một.")
    act(page, titles[4], "Đề nghị biểu dương", ".note.error:has-text('Đã đủ 4/4 suất')")
    shoot(page, "board-story-selection")
    return titles[:4]


def is_told(page, name):
    """The page of another member says by itself that the list changed; here it need not wait for its next look."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_selector(f"#watch:has-text('{name} vừa thay đổi danh sách lúc')")
    page.click("#watch a:has-text('Xem')")
    page.wait_for_selector(".places:has-text('4/4')")


# Papers


def keep_minutes(page, tied):
    page.click("a:has-text('Biên bản họp, quyết định')")
    shoot(page, "board-story-papers")
    page.click("a:has-text('Ghi cuộc họp mới')")
    about = {"held_on": "08/05/2021", "held_time": "08:30", "place": "Phòng họp tầng 2", "quorum": "3"}
    for name, text in about.items():
        page.fill(f"[name={name}]", text)
    shoot(page, "board-story-new-meeting")
    press(page, "Mở biên bản", "chưa đủ số thành viên để họp")
    boxes = page.locator(".attendance input[type=checkbox]")
    for number in range(3):
        boxes.nth(number).check()
    page.locator(".attendance input[type=text]").nth(3).fill("Đi công tác")
    votes = page.locator(f".votes tr:has-text('{tied[0]}') input")
    for number, count in enumerate((2, 1, 0)):
        votes.nth(number).fill(str(count))
    page.fill("[name=conclusion]", "Thống nhất 30 sáng kiến khen thưởng, 4 sáng kiến đề nghị biểu dương.")
    press(page, "Lưu biên bản", "Có mặt 3/4, phải có 3: đủ số thành viên để họp.")
    shoot(page, "board-story-meeting")
    press(page, "Chốt biên bản đã lưu", "Đã chốt biên bản.")
    shoot(page, "board-story-meeting-closed")


def take_papers(page, server, folder, *, is_draft):
    """Take every paper away and keep it in a folder; each is what its name says."""
    page.goto(f"{server.address}{SELECTION}van-ban/")
    draft = " (dự thảo)" if is_draft else ""
    for label, magic in PAPERS:
        taken(page, f"tr:has(td:text-is('{label}')) button:text-is('Tải về{draft}')", folder, magic)
    taken(page, "button:has-text('Tải biên bản')", folder, b"PK")


def taken(page, button, folder, magic):
    with page.expect_download() as download:
        page.click(button)
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    assert file.read_bytes().startswith(magic), file


# Publication


def publish(page, server):
    """Look at exactly what is published and sent, know what stays undone, and publish."""
    page.goto(f"{server.address}{SELECTION}")
    page.fill("[name=decision_number]", DECISION)
    page.fill("[name=decision_date]", "10/05/2021")
    page.click("button:has-text('Xem lại trước khi công bố')")
    page.wait_for_selector("text=Những sáng kiến sau đây sẽ được công bố (30):")
    letters = page.locator(".letters > li").count()
    shoot(page, "board-story-publish")
    page.check("[name=aware]")
    press(page, "Công bố danh sách này", "Đã công bố kết quả.")
    shoot(page, "board-story-published-selection")
    return letters


def put_right(page, server, title, name):
    """A name is put right after publication; return where the letters are."""
    page.goto(f"{server.address}{SELECTION}")
    page.click("a:has-text('Điều chỉnh, thư báo kết quả')")
    shoot(page, "board-story-published")
    page.click(f"td a:text-is('{title}')")
    page.fill("#reword_authors", name)
    page.fill("#reword_reason", "In sai dấu.")
    shoot(page, "board-story-amend")
    press(page, "Đính chính", "Đã ghi: đính chính thông tin.")
    page.click("a:has-text('Thư báo kết quả')")
    shoot(page, "board-story-letters")


def see_results(page, server, corrected):
    page.goto(f"{server.address}{CAMPAIGN}ket-qua/19/")
    shoot(page, "board-story-results")
    told = page.inner_text("main")
    assert page.locator(".results > li").count() == 30
    assert page.locator(".results .tag-good").count() == 4
    assert corrected in told
    assert "Lý do: In sai dấu." in told
