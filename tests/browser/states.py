"""Every page of the site in every state that a visitor can meet: the one list for checks of the look of the whole site.

A new public page fails `test_every_public_page_is_among_the_states` until it stands here.
"""

from tests.browser import steps
from tests.browser.board_states import BOARD
from tests.browser.state import State, page, refused, staff

FORM = "gui-sang-kien/"
TYPED = {"full_name": "Lý Thị Mây", "title": "Giá phơi chè héo", "description": "Ống nước cũ ghép thành giá bốn tầng."}
UNION = "SELECT code FROM accounts_union WHERE name = 'LĐLĐ huyện Đại Từ'"
AWARDED = (
    "SELECT secret FROM initiatives_initiative JOIN dossiers_dossierentry AS entry ON initiative_id = "
    "initiatives_initiative.id JOIN awards_award ON entry_id = entry.id"
)
CERTIFICATE = "SELECT code FROM awards_certificate"
WAITING = "SELECT initiatives_initiative.code FROM initiatives_initiative JOIN accounts_union ON unit_id = "
WAITING += "accounts_union.id WHERE status = 'SENT' AND accounts_union.name = 'LĐLĐ huyện Đại Từ'"
ALIKE = "SELECT code FROM initiatives_initiative AS i JOIN initiatives_resemblance ON later_id = i.id"
ENTRY = "SELECT entry.id FROM dossiers_dossierentry AS entry JOIN dossiers_dossier AS dossier "
ENTRY += "ON dossier_id = dossier.id WHERE dossier.state = 'DRAFT'"


def not_found(visit):
    visit.public("theo-doi/")
    visit.page.fill("[name=code]", visit.first("SELECT code FROM initiatives_initiative"))
    visit.page.fill("[name=phone]", "0559 900 001")
    visit.press("main form button", until=".alert, .invalid-feedback")


def nothing_found(visit):
    visit.public(FORM)
    visit.page.fill("#id_top_box", "không có đâu")
    visit.page.wait_for_selector("#id_top_list [aria-disabled]")


def lost_code(visit):
    visit.public("mat-ma/")
    visit.page.fill("[name=phone]", "0559 900 001")
    visit.press("main form button", until="h1:has-text('hộp thư')")


def wrong_password(visit):
    visit.open("/dang-nhap/")
    visit.page.fill("[name=username]", "nobody")
    visit.page.fill("[name=password]", "nothing")
    visit.press("main button", until=".alert")


def withdrawn(visit):
    visit.private("SENT", "rut/")
    visit.press("button:has-text('Vâng, rút sáng kiến')", until="h1:has-text('đã rút')")


LISTED = "SELECT entry.id FROM dossiers_dossierentry AS entry JOIN dossiers_dossier AS dossier "
LISTED += "ON dossier_id = dossier.id WHERE dossier.state = 'VALID' ORDER BY entry.id"


def objection(visit):
    visit.public(f"lay-y-kien/19/{visit.first(LISTED)}/phan-anh/")


def objection_errors(visit):
    objection(visit)
    visit.press("main form button", until=".invalid-feedback")


def objection_receipt(visit):
    objection(visit)
    visit.page.check("#id_kind_0")
    visit.page.fill("[name=text]", "Cách làm này đơn vị tôi đã dùng từ năm 2019.")
    visit.page.fill("[name=complainant]", "Lý Văn Tố")
    visit.page.fill("[name=contact]", "0559 900 001")
    visit.page.check("[name=consent]")
    visit.press("main form button", until="h1:has-text('Đã nhận')")


ADMIN = "admin@vidu.invalid"


def new_password_without_one(visit):
    visit.open(steps.reset_link(visit, ADMIN))
    visit.press("main form button", until=".invalid-feedback")


def joining_without_name(visit):
    visit.open(steps.invite(visit, "moi-2@vidu.invalid"))
    visit.press("main form button", until=".invalid-feedback")


def invitation_closed(visit):
    address = steps.invite(visit, "moi-3@vidu.invalid")
    steps.take_back_invitation(visit, "moi-3@vidu.invalid")
    visit.open(address)


EXPIRED = {"csrfmiddlewaretoken": "x" * 64, **TYPED}

PUBLIC = [
    page("landing", ""),
    page("landing-coming", "", "coming"),
    page("landing-closed", "", "closed"),
    page("form", FORM),
    page("form-coming", FORM, "coming"),
    page("form-closed", FORM, "closed"),
    State("form-of-union", lambda visit: visit.public(f"{FORM}?don-vi={visit.first(UNION)}")),
    refused("form-errors", FORM, "#error-summary", "#send"),
    State("form-nothing-found", nothing_found),
    State("form-sent-late", lambda visit: visit.send(FORM, TYPED, until=".kept-text"), "closed", status=403),
    State("form-expired", lambda visit: visit.send(FORM, EXPIRED, until="h1:has-text('xác nhận')"), status=403),
    State("receipt", lambda visit: visit.private("SENT")),
    State("receipt-accepted", lambda visit: visit.private("ACCEPTED")),
    State("receipt-rejected", lambda visit: visit.private("REJECTED")),
    State("receipt-withdrawn", withdrawn),
    State("receipt-closed", lambda visit: visit.private("SENT"), "closed"),
    State("receipt-awarded", lambda visit: visit.public(f"da-nhan/{visit.first(AWARDED)}/"), "closed"),
    State("correction", lambda visit: visit.private("SENT", "sua/")),
    State("withdrawal", lambda visit: visit.private("SENT", "rut/")),
    page("follow", "theo-doi/"),
    refused("follow-errors", "theo-doi/", ".invalid-feedback"),
    State("follow-not-found", not_found, status=422),
    page("lost-code", "mat-ma/"),
    refused("lost-code-errors", "mat-ma/", ".invalid-feedback"),
    State("lost-code-asked", lost_code),
    State("my-data", lambda visit: visit.private("SENT", "du-lieu/")),
    State("removal", lambda visit: visit.private("SENT", "du-lieu/xoa/")),
    page("privacy", "quyen-rieng-tu/"),
    page("guide", "huong-dan/"),
    page("statistics", "thong-ke/"),
    page("statistics-search", "thong-ke/?q=ha+n"),
    page("statistics-nothing-found", "thong-ke/?q=khong-co"),
    page("statistics-of-top", "thong-ke/19/"),
    page("statistics-closed", "thong-ke/", "closed"),
    page("results-none", "ket-qua/"),
    page("results", "ket-qua/", "closed"),
    page("results-search", "ket-qua/?q=a&field=production", "closed"),
    page("results-of-plan", "ket-qua/19/", "closed"),
    State("confirmation", lambda visit: visit.public(f"xac-nhan/{visit.first(CERTIFICATE)}/"), "closed"),
    page("lists", "lay-y-kien/"),
    State("objection", objection),
    State("objection-errors", objection_errors, status=422),
    State("objection-receipt", objection_receipt),
    page("list", "lay-y-kien/19/"),
    page("list-version", "lay-y-kien/19/lan/1/"),
    page("list-decided", "lay-y-kien/19/", "closed"),
    page("poster", "ma-qr/"),
    State("poster-of-union", lambda visit: visit.public(f"ma-qr/?don-vi={visit.first(UNION)}")),
    State("not-found", lambda visit: visit.public("khong-co/"), status=404),
    State("sign-in", lambda visit: visit.open("/dang-nhap/")),
    State("sign-in-errors", wrong_password),
    State("forgot-password", lambda visit: visit.open("/mat-khau/quen/")),
    State("forgot-password-asked", lambda visit: visit.open("/mat-khau/quen/da-gui/")),
    State("reset-expired", lambda visit: visit.open("/mat-khau/dat-lai/x/y/")),
    State("reset", lambda visit: visit.open(steps.reset_link(visit, ADMIN))),
    State("reset-errors", new_password_without_one, status=422),
    State("invitation", lambda visit: visit.open(steps.invite(visit, "moi@vidu.invalid"))),
    State("invitation-errors", joining_without_name, status=422),
    State("invitation-closed", invitation_closed, status=410),
]


def invitation_without_union(visit):
    visit.open("/cong-doan/can-bo/moi/")
    visit.press("main form button", until=".invalid-feedback")


def code_missing(visit):
    visit.open("/tai-khoan/hai-buoc/")
    visit.press("main form button", until=".invalid-feedback")


def rejection_without_reason(visit):
    visit.open(f"/cong-doan/sang-kien/{visit.first(WAITING)}/")
    visit.press("button:has-text('Không đạt')", until=".invalid-feedback")


EXPORT = "SELECT id FROM initiatives_export"


def exported(visit):
    visit.open("/cong-doan/sang-kien/")
    with visit.page.expect_download():
        visit.page.click("button:has-text('CSV')")
    visit.open(f"/cong-doan/sang-kien/tai-ve/{visit.first(EXPORT)}/")


def screening_together(visit):
    visit.open("/cong-doan/sang-kien/?chon=het")
    visit.press("button:has-text('Không đạt…')", until="h1:has-text('xem lại')")


def screening_without_reason(visit):
    screening_together(visit)
    visit.press("button:has-text('Ghi nhận')", until=".invalid-feedback")


def letter_without_file(visit):
    visit.dossier("DRAFT")
    visit.press("button:has-text('Tải tờ trình lên')", until=".invalid-feedback")


def import_without_file(visit):
    visit.open("/cong-doan/nhap-tu-giay/")
    visit.press("button:has-text('Tải lên và kiểm tra')", until=".invalid-feedback")


def import_that_waits(visit):
    visit.open("/cong-doan/nhap-tu-giay/")
    visit.page.set_input_files("[name=file]", {"name": "giay.xlsx", "mimeType": "", "buffer": b"PK"})
    visit.press("button:has-text('Tải lên và kiểm tra')", until="progress")


def first_typed_name(visit):
    visit.open("/cong-doan/ghep-don-vi/19/")
    visit.press("main a[href*='/ten/']", until="main form")


def screened_in_part(visit):
    """Another member of staff was quicker with one of those that were chosen."""
    visit.open("/cong-doan/sang-kien/?status=SENT&chon=het")
    visit.press("button:has-text('Không đạt…')", until="h1:has-text('xem lại')")
    with steps.beside(visit, "dai-tu") as colleague:
        colleague.open(f"/cong-doan/sang-kien/{visit.first(WAITING)}/")
        colleague.press("button:has-text('Chấp nhận')", until=".alert-success")
    visit.page.select_option("[name=picked]", index=1)
    visit.press("button:has-text('Ghi nhận')", until="text=Giữ nguyên")


def last_look(visit):
    steps.complete_dossier(visit)
    visit.press("a:has-text('Xem lại và nộp hồ sơ')", until="h1:has-text('lần cuối')")


def letter_older_than_table(visit):
    visit.dossier("DRAFT")
    visit.press("#danh-sach button:has-text('Xuống') >> nth=0", until="text=đã đổi sau khi tải tờ trình")


def returned(visit):
    number = visit.first(steps.FILED)
    steps.give_back(visit)
    visit.open(f"/cong-doan/ho-so/{number}/")


STAFF = [
    *BOARD,  # first: later states return and change what is filed
    staff("desk", "/cong-doan/"),
    staff("imports", "/cong-doan/nhap-tu-giay/"),
    State("imports-errors", import_without_file, who="dai-tu", status=422),
    State("import-waiting", import_that_waits, who="dai-tu"),
    State("import-refused", lambda visit: steps.upload_paper(visit, is_right=False), who="dai-tu"),
    State("import-preview", steps.upload_paper, who="dai-tu"),
    State("import-stored", steps.store_paper, who="dai-tu"),
    staff("initiatives", "/cong-doan/sang-kien/"),
    State("initiative", lambda visit: visit.open(f"/cong-doan/sang-kien/{visit.first(WAITING)}/"), who="dai-tu"),
    State("alike", lambda visit: visit.open(f"/cong-doan/sang-kien/{visit.first(ALIKE)}/giong/"), who="dai-tu"),
    staff(
        "initiatives-filtered", "/cong-doan/sang-kien/?order=name&lacking=on&unit=huyen&since=2021-03-10", "hoi-dong"
    ),
    staff("initiatives-chosen", "/cong-doan/sang-kien/?chon=het&status=SENT"),
    State("exported", exported, who="hoi-dong"),
    State("screening-together", screening_together, who="dai-tu"),
    State("screening-together-errors", screening_without_reason, who="dai-tu", status=422),
    staff("posters", "/cong-doan/to-dan/19/", who="hoi-dong"),
    staff("typed-names", "/cong-doan/ghep-don-vi/19/", who="hoi-dong"),
    staff("known-names", "/cong-doan/ghep-don-vi/19/da-ghep/", who="hoi-dong"),
    State("typed-name", first_typed_name, who="hoi-dong"),
    staff("tops-to-map", "/cong-doan/ghep-don-vi/", who="tong-lien-doan"),
    State("initiative-errors", rejection_without_reason, who="dai-tu", status=422),
    State("dossier", lambda visit: visit.dossier("DRAFT"), who="samsung"),
    State("dossier-errors", letter_without_file, who="samsung", status=422),
    State("dossier-choosing", lambda visit: visit.dossier("DRAFT", "chon/"), who="samsung"),
    State("dossier-entry", lambda visit: visit.dossier("DRAFT", f"muc/{visit.first(ENTRY)}/"), who="samsung"),
    State("table-preview", lambda visit: visit.dossier("DRAFT", "bang-tong-hop/"), who="samsung"),
    staff("union-profile", "/cong-doan/don-vi/171/"),
    State("last-look", last_look, who="samsung"),
    State("dossier-letter-old", letter_older_than_table, who="samsung"),
    State("dossier-filed", lambda visit: visit.dossier("FILED"), who="pho-yen"),
    State("screened-in-part", screened_in_part, who="dai-tu"),
    staff("account", "/tai-khoan/"),
    staff("account-password", "/tai-khoan/mat-khau/"),
    staff("second-factor", "/tai-khoan/hai-buoc/"),
    State("second-factor-errors", code_missing, who="dai-tu", status=422),
    staff("people", "/cong-doan/can-bo/", who="hoi-dong"),
    staff("people-one", "/cong-doan/can-bo/1/", who="hoi-dong"),
    staff("invite", "/cong-doan/can-bo/moi/", who="hoi-dong"),
    State("invite-errors", invitation_without_union, who="hoi-dong", status=422),
    State("recovery-codes", steps.turn_second_factor_on, who="admin"),
    State("invitation-signed-in", lambda visit: visit.open(steps.invite(visit, "moi-4@vidu.invalid")), who="samsung"),
    State("filing-receipt", lambda visit: visit.dossier("FILED", "lan-nop/1/"), who="pho-yen"),
    State("filings-compared", lambda visit: visit.dossier("FILED", "lan-nop/1/so-voi/1/"), who="pho-yen"),
    State("dossier-returned", returned, who="pho-yen"),
]
