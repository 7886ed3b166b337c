"""The pages of the board and of national staff, in their states; they belong to states.py, which has them all."""

from tests.browser.state import State, staff

COPY_CAMPAIGN = "/quan-tri/awards/nominations/1/chuong-trinh-moi/"
SCORING = "/quan-tri/awards/scoring/"


def amendment_page(visit):
    visit.open("/quan-tri/awards/publication/1/change/")
    visit.press("tbody a", until="h2:has-text('Đính chính')")


def incomplete_sheet(visit):
    visit.open(f"{SCORING}1/phieu/3/1/")
    visit.press("button:has-text('Nộp phiếu')", until=".messagelist .error")


def list_preview(visit):
    visit.open("/quan-tri/awards/consultation/1/change/")
    visit.page.fill("[name=reason]", "Bổ sung một sáng kiến bị sót.")
    visit.press("button:has-text('Xem trước')", until=".preview")


def several_dossiers(visit):
    visit.open("/quan-tri/awards/fileddossier/")
    visit.page.check("#action-toggle")
    visit.press("button[name=index]", until="h1:has-text('Kết luận nhiều')")


def together_without_reason(visit):
    several_dossiers(visit)
    visit.press("button:has-text('Kết luận hợp lệ')", until=".messagelist .error")


BOARD = [
    staff("board", "/quan-tri/", who="hoi-dong"),
    staff("board-guide", "/quan-tri/huong-dan/", who="hoi-dong"),
    staff("board-guide-of-letters", "/quan-tri/huong-dan/mau-to-trinh/", who="hoi-dong"),
    staff("national", "/quan-tri/", who="tong-lien-doan"),
    staff("board-dossiers-waiting", "/quan-tri/awards/fileddossier/?wait=all&plan=1", who="hoi-dong"),
    staff("board-dossiers", "/quan-tri/awards/fileddossier/", who="hoi-dong"),
    staff("board-dossier", "/quan-tri/awards/fileddossier/3/change/", who="hoi-dong"),
    State("board-judge-together", several_dossiers, who="hoi-dong"),
    State("board-judge-together-errors", together_without_reason, who="hoi-dong", status=422),
    staff("board-complaints", "/quan-tri/awards/complaint/", who="hoi-dong"),
    staff("board-complaint", "/quan-tri/awards/complaint/1/change/", who="hoi-dong"),
    staff("board-complaint-new", "/quan-tri/awards/complaint/add/", who="hoi-dong"),
    staff("board-consultation", "/quan-tri/awards/consultation/1/change/", who="hoi-dong"),
    State("board-list-preview", list_preview, who="hoi-dong"),
    staff("board-people", "/quan-tri/accounts/user/", who="tong-lien-doan"),
    staff("board-selection", "/quan-tri/awards/selection/1/change/", who="hoi-dong"),
    State("board-published", lambda visit: visit.open("/quan-tri/awards/publication/1/change/"), "closed", "hoi-dong"),
    State("board-letters", lambda visit: visit.open("/quan-tri/awards/publication/1/thu/"), "closed", "hoi-dong"),
    State("board-amend", amendment_page, "closed", "hoi-dong"),
    staff("board-scoring", f"{SCORING}1/change/", who="hoi-dong"),
    staff("board-criteria", f"{SCORING}1/tieu-chi/", who="hoi-dong"),
    staff("board-council", f"{SCORING}1/hoi-dong/", who="hoi-dong"),
    staff("board-member", f"{SCORING}1/hoi-dong/1/", who="hoi-dong"),
    staff("board-standings", f"{SCORING}1/ket-qua/", who="hoi-dong"),
    staff("board-sheet", f"{SCORING}1/phieu/1/1/", who="hoi-dong"),
    State("board-sheet-errors", incomplete_sheet, who="hoi-dong", status=422),
    staff("board-papers", "/quan-tri/awards/selection/1/van-ban/", who="hoi-dong"),
    staff("board-paper-settings", "/quan-tri/awards/selection/1/van-ban/thong-tin/", who="hoi-dong"),
    staff("board-new-meeting", "/quan-tri/awards/selection/1/hop/moi/", who="hoi-dong"),
    staff("board-timeline", "/quan-tri/awards/selection/1/history/", who="hoi-dong"),
    staff("board-archives", "/quan-tri/awards/selection/1/ho-so-luu/", who="hoi-dong"),
    staff("board-seals", "/quan-tri/record/seal/", who="hoi-dong"),
    staff("national-nominations", "/quan-tri/awards/nominations/1/change/", who="tong-lien-doan"),
    staff("national-totals", "/quan-tri/awards/nominations/1/tong-hop/", who="tong-lien-doan"),
    staff("national-copy-campaign", f"{COPY_CAMPAIGN}?name=A&slug=a&opens_on=10/03/2022", who="tong-lien-doan"),
    staff("national-copy-plans", "/quan-tri/awards/nominations/1/ke-hoach/?plan=1", who="tong-lien-doan"),
    staff("national-campaign", "/quan-tri/initiatives/campaign/1/change/", who="tong-lien-doan"),
]
