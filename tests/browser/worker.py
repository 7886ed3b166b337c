"""What a worker does in the browser, step by step."""

from tests.browser.conftest import CAMPAIGN

TITLE = "Giá phơi chè héo bằng ống nước cũ"
DESCRIPTION = (
    "Trước đây chè héo trải trên bạt, mưa là phải hót vội.\nTôi ghép ống nước cũ thành giá bốn tầng có bánh xe."
)


def fill_form(page, *, with_script, unit="LĐLĐ huyện Đại Từ", title=TITLE):
    """Fill the form as a worker of a unit in Thái Nguyên would."""
    page.fill("[name=full_name]", "Lý Thị Mây")
    page.fill("[name=phone]", "0559 900 001")
    page.fill("[name=job_title]", "Công nhân chế biến chè")
    if with_script:
        pick(page, "top", "thai ng")
        page.wait_for_selector("[name=unit] option:nth-child(6)", state="attached")
        pick(page, "unit", unit)
    else:
        page.select_option("[name=top]", label="Thái Nguyên")
        page.click("[name=pick_top]")
        page.select_option("[name=unit]", label=unit)
    page.fill("[name=workplace]", "Hợp tác xã chè Bản Mẫu")
    page.check("[name=block][value=enterprise]")
    page.check("[name=field][value=production]")
    page.fill("[name=title]", title)
    page.fill("[name=description]", DESCRIPTION)
    page.fill("[name=effect]", "Không còn mẻ chè nào ướt mưa, đỡ hai công mỗi ngày.")
    if not page.is_visible("[name=benefit]"):
        page.click("summary:has-text('giá trị làm lợi')")
    page.fill("[name=benefit]", "24.000.000")
    page.fill("[name=started_on]", "2021-02-20")


def pick(page, name, query):
    """Find a workplace by typing and take the first that is offered."""
    page.fill(f"#id_{name}_box", query)
    page.press(f"#id_{name}_box", "Enter")


def send(page):
    """Agree and send; return the code on the receipt."""
    page.check("[name=consent]")
    page.click("#send")
    page.wait_for_url("**/da-nhan/**")
    return page.inner_text(".code")


def follow(page, server, code):
    page.goto(f"{server.address}{CAMPAIGN}theo-doi/")
    page.fill("[name=code]", code.lower())
    page.fill("[name=phone]", "0559900001")
    page.click("main button")
    page.wait_for_url("**/da-nhan/**")
