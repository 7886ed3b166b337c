"""R19: from the private page an author reads all that is stored, takes it as a file, and asks for its removal."""

import json

import pytest

from awards.models import Kind
from awards.selection import choose
from dossiers.filing import file_dossier
from dossiers.forgetting import carry_out
from initiatives.forgetting import ask_removal, refuse_removal
from initiatives.letters_to_authors import LOST_CODE
from initiatives.models import Initiative
from initiatives.my_data import UNTOLD
from initiatives.removals import RemovalRequest
from initiatives.sending import ANSWERS
from outbox.posting import post
from tests.factories import (
    IN_TIME,
    make_campaign,
    make_complaint,
    make_complete,
    make_initiative,
    make_national_user,
    make_user,
)
from tests.pages import errors_beside, filled_in, focused, form_on, runs_nothing, says, tree
from tests.removals import EARLIER, PRIVATE, forget, make_published, make_put_forward, make_telling, make_valid_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

REASON = "Vì tôi chuyển nghề."


def address(initiative, more=""):
    return f"{initiative.private_path}du-lieu{more}"


def file_of(client, initiative):
    return json.loads(client.get(address(initiative, ".json")).content.decode("utf-8"))


# Read and taken along


def test_the_page_shows_all_that_is_stored(client):
    initiative = make_telling(description="Gắn thước.\nCắt nhiều lớp.")

    page = says(client.get(address(initiative, "/")))

    told = ["Đinh Riêng Tư", "1951", "Khác", "0987 654 321", "rieng.tu@example.vn", "Thợ tiện lâu năm", "Bạch Kín Đáo"]
    told += [initiative.shown_code, "12.000.000 đồng", "Gắn thước. Cắt nhiều lớp.", "Giảm một nửa", "15/02/2021"]
    told += ["Chờ rà soát", "08:00:00 ngày 01/04/2021", "2021-03", "Tôi đồng ý.", "Đã nhận sáng kiến của bạn"]
    told += [initiative.unit.name, initiative.top.name, str(initiative.submission_id), "Trang riêng", EARLIER["email"]]
    assert [text for text in told if text not in page] == []


def test_what_was_corrected_is_shown_as_it_was_and_as_it_became(client):
    initiative = make_telling()

    rows = {row["Mục"]: (row["Trước"], row["Sau"]) for row in file_of(client, initiative)["Những lần sửa"]}

    assert rows == {
        "Họ và tên": ("Đinh Riêng Cũ", "Đinh Riêng Tư"),
        "Điện thoại": ("0986 111 222", "0987 654 321"),
        "E-mail": ("tu.cu@example.vn", "rieng.tu@example.vn"),
    }


def test_every_field_is_told_but_for_the_key_of_the_page_itself(client):
    initiative = make_telling()
    fields = {field.name for field in Initiative._meta.fields}

    told = file_of(client, initiative)["Sáng kiến và tác giả"]

    assert len(told) == len(fields - UNTOLD)
    assert {"secret", "search_text"} < UNTOLD
    assert not UNTOLD & set(ANSWERS)


def test_the_file_is_plain_vietnamese_json_with_the_code_in_its_name(client):
    initiative = make_telling()

    response = client.get(address(initiative, ".json"))

    assert response["Content-Type"] == "application/json; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="du-lieu-{initiative.shown_code}.json"'
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    text = response.content.decode("utf-8")
    assert '\n  "Lời đồng ý": {\n    "Phiên bản": "2021-03"' in text
    assert json.loads(text)["Sáng kiến và tác giả"]["Họ và tên"] == "Đinh Riêng Tư"
    assert "\\u" not in text


def test_hostile_text_stays_text(client):
    initiative = make_telling(title="<script>alert(1)</script>")
    ask_removal(initiative, "<img src=x onerror=alert(1)>")

    assert runs_nothing(client.get(address(initiative, "/")))
    assert runs_nothing(client.get(address(initiative, "/xoa/")))


def test_nothing_about_dossiers_complaints_findings_or_choices_leaks_before_publication(client):
    initiative, entry = make_put_forward()

    def seen():
        return [
            client.get(address(initiative, ".json")).content,
            says(client.get(address(initiative, "/"))),
            says(client.get(address(initiative, "/xoa/"))),
        ]

    before = seen()
    make_complaint(initiative)
    assert seen() == before
    dossier = make_complete(entry.dossier)
    file_dossier(dossier, by=make_user(), arrived_at=IN_TIME)
    assert seen() == before


def test_being_chosen_is_not_told_before_publication(client):
    initiative, entry = make_put_forward()
    before = client.get(address(initiative, ".json")).content
    dossier = make_complete(entry.dossier)
    file_dossier(dossier, by=make_user(), arrived_at=IN_TIME)
    dossier = make_valid_of(dossier)
    for kind in Kind:
        choose(dossier.plan, entry, kind, by=make_user())

    assert client.get(address(initiative, ".json")).content == before
    assert json.loads(before)["Bản chép trong hồ sơ đề nghị"] == []


def test_the_copy_in_the_dossier_is_told_once_its_decision_is_published(client):
    initiative, entry = make_published()

    (copy,) = file_of(client, initiative)["Bản chép trong hồ sơ đề nghị"]

    assert copy["Hồ sơ của"] == entry.dossier.union.name
    assert (copy["Họ tên tác giả"], copy["Năm sinh"]) == ("Tổ ông Kín\nĐinh Riêng Tư\nBạch Kín Đáo", "1951")


@pytest.mark.parametrize("more", ["/", ".json"])
def test_more_rows_do_not_cost_more_queries(client, django_assert_num_queries, more):
    few, many = make_initiative(), make_telling()
    refuse_removal(ask_removal(many), "Chưa.", by=make_national_user())
    refuse_removal(ask_removal(many), "Chưa.", by=make_national_user())
    queries = (
        11 if more == "/" else 10
    )  # two of them are remembered for a second or more, outside tests: the unions above

    for initiative in (few, many):
        with django_assert_num_queries(queries):
            client.get(address(initiative, more))


# Asked, taken back, answered


def ask(client, initiative, **values):
    page = address(initiative, "/xoa/")
    return client.post(page, filled_in(form_on(client.get(page))) | values, follow=True)


def test_an_author_asks_sees_when_it_is_due_and_takes_it_back(client):
    initiative = make_initiative()

    asked = ask(client, initiative, reason=REASON, confirm="on")

    assert asked.redirect_chain == [(address(initiative, "/"), 302)]
    assert "Yêu cầu được giải quyết chậm nhất lúc 08:00 04/04/2021" in says(asked)
    assert REASON in says(asked)
    assert "bạn đã yêu cầu xóa" in says(client.get(initiative.private_path))
    form = form_on(asked)
    taken_back = client.post(form.action, filled_in(form), follow=True)
    assert "Đã rút yêu cầu" in says(taken_back)
    assert RemovalRequest.objects.get().state == "TAKEN_BACK"
    assert tree(taken_back).xpath(f"//a[@href='{address(initiative, '/xoa/')}']")


def test_without_the_tick_nothing_is_asked_and_the_reason_stays(client):
    initiative = make_initiative()

    response = ask(client, initiative, reason=REASON)

    assert response.status_code == 422
    assert errors_beside(response) == {"confirm": ["Hãy đánh dấu vào đây nếu bạn thật sự muốn xóa."]}
    assert filled_in(form_on(response))["reason"] == REASON
    assert focused(response) == ["confirm"]
    assert not RemovalRequest.objects.exists()


def test_a_reason_that_is_too_long_is_not_cut(client):
    initiative = make_initiative()

    response = ask(client, initiative, reason="ệ" * 501, confirm="on")

    assert "501/500" in errors_beside(response)["reason"][0]
    assert filled_in(form_on(response))["reason"] == "ệ" * 501


def test_why_nothing_was_removed_is_read_on_the_page(client):
    initiative = make_initiative()
    refuse_removal(ask_removal(initiative), "Quyết định khen thưởng đã công bố.", by=make_national_user())

    assert "Quyết định khen thưởng đã công bố." in says(client.get(address(initiative, "/")))


def test_taking_back_what_was_answered_is_told(client):
    initiative = make_initiative()
    refuse_removal(ask_removal(initiative), "Chưa.", by=make_national_user())

    answer = client.post(address(initiative, "/thoi-xoa/"), follow=True)

    assert "đã được giải quyết" in says(answer)
    assert client.post(address(make_initiative(), "/thoi-xoa/"), follow=True).status_code == 200


def test_an_author_is_warned_of_a_name_in_a_text_that_stays(client):
    assert "phần mô tả" in says(client.get(address(make_telling(description="Đinh Riêng Tư làm"), "/xoa/")))
    assert "Phần này được giữ lại" not in says(client.get(address(make_telling(), "/xoa/")))


# Removed

PAGES = ["", "sua/", "rut/", "du-lieu/", "du-lieu.json", "du-lieu/xoa/", "du-lieu/thoi-xoa/"]


@pytest.mark.parametrize("page", PAGES)
def test_the_private_link_then_says_only_that_all_is_gone(client, page):
    initiative = make_telling()
    path, new = initiative.private_path, make_campaign()
    forget(initiative)

    for response in (client.get(path + page), client.post(path + page)):
        assert response.status_code == 410
        assert "Thông tin đã được xóa" in says(response)
        assert initiative.title not in says(response)
        assert initiative.shown_code not in says(response)
        assert response["X-Robots-Tag"] == "noindex, nofollow"
    other = path.replace(initiative.campaign.slug, new.slug)
    assert client.get(other + page).status_code == 404
    assert client.get(initiative.private_path.replace(initiative.secret, "a" * 32) + page).status_code == 404


def test_code_and_phone_lead_nowhere_any_more(client):
    initiative = make_telling()
    forget(initiative)

    for phone in ("0987 654 321", "", "+84"):
        values = {"code": initiative.shown_code, "phone": phone}
        assert client.post(f"/{initiative.campaign.slug}/theo-doi/", values).status_code == 422


def test_a_form_that_its_author_had_open_changes_nothing_any_more(client):
    initiative = make_telling()
    page = f"{initiative.private_path}sua/"
    values = filled_in(form_on(client.get(page)))
    carry_out(ask_removal(initiative), by=make_national_user())

    assert client.post(page, values | {"title": "Khác"}).status_code == 410
    assert not Initiative.objects.filter(full_name=PRIVATE["full_name"]).exists()


def test_a_mailbox_that_is_shared_shows_nobody_the_links_of_others(client):
    mailbox = "chung@example.vn"
    mine, other = (make_initiative(email=mailbox, phone=phone) for phone in ("+84912000001", "+84912000002"))
    post(LOST_CODE, "hỏi", mailbox, "Đường dẫn riêng", f"{other.private_path} {mine.private_path}")
    post(LOST_CODE, "hỏi lại", mailbox, "Đường dẫn riêng", other.private_path)

    letters = file_of(client, mine)["Thư gửi tới bạn"]

    assert [letter["Tiêu đề"] for letter in letters].count("Đường dẫn riêng") == 1
    assert other.secret not in str(letters)
    assert mine.secret not in str(letters)
