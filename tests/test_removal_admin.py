"""R19 in the admin: national administrators see what is asked, in time, and answer it; nobody else does."""

import pytest
from django.urls import reverse

from accounts.models import User
from initiatives.forgetting import ask_removal, take_removal_back
from initiatives.removals import RemovalRequest
from tests.boards import signed_in
from tests.factories import make_board, make_initiative, make_national_user, make_staff
from tests.pages import filled_in, form_on, says
from tests.removals import make_published, make_removal, make_telling

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LIST = "admin:initiatives_removalrequest_changelist"


def page_of(removal):
    return reverse("admin:initiatives_removalrequest_change", args=[removal.pk])


def addresses(removal):
    return {name: reverse(f"admin:initiatives_removal_{name}", args=[removal.pk]) for name in ("carry_out", "refuse")}


@pytest.fixture
def national():
    return signed_in(make_national_user())


def test_the_list_has_the_most_urgent_first_and_marks_what_is_overdue(national, at):
    first = make_removal()
    at("2021-04-02 08:00")
    second, answered = make_removal(), take_removal_back(make_removal())
    at("2021-04-04 09:00")

    page = says(national.get(reverse(LIST)))

    codes = [removal.initiative.shown_code for removal in (first, second, answered)]
    assert sorted(codes, key=page.index) == codes
    assert page.count("Quá hạn") == 1
    assert "1 đã quá hạn" in says(national.get(reverse("admin:index")))


def test_the_page_tells_what_goes_and_what_stays(national):
    initiative, entry = make_published()
    removal = ask_removal(initiative, "Vì tôi chuyển nghề.")

    page = says(national.get(page_of(removal)))

    told = ["Đinh Riêng Tư", "1951", "0987 654 321", "Bạch Kín Đáo", "Vì tôi chuyển nghề.", "08:00 04/04/2021"]
    told += [str(entry.dossier), "tờ trình đã ký và bảng tổng hợp giữ nguyên", "12/QĐ", "Được khen thưởng cấp tỉnh"]
    assert [text for text in told if text not in page] == []


def test_an_administrator_removes_and_the_page_keeps_no_name(national):
    removal = ask_removal(make_telling(), "Vì tôi chuyển nghề.")
    form = form_on(national.get(page_of(removal)), addresses(removal)["carry_out"])

    done = national.post(form.action, filled_in(form) | {"aware": "on"}, follow=True)

    assert "Đã xóa thông tin cá nhân" in says(done)
    assert RemovalRequest.objects.get().state == "DONE"
    assert not [text for text in ("Riêng", "987", "chuyển nghề", "1951") if text in says(done)]
    assert not done.context["form"]


def test_without_the_tick_nothing_is_removed(national):
    removal = make_removal()

    answer = national.post(addresses(removal)["carry_out"], {})

    assert answer.status_code == 422
    assert "không khôi phục được" in says(answer)
    assert RemovalRequest.objects.get().is_open


def test_an_administrator_says_why_nothing_is_removed(national):
    removal = make_removal()

    done = national.post(addresses(removal)["refuse"], {"reason": "Quyết định đã công bố."}, follow=True)

    assert "Không xóa: Quyết định đã công bố." in says(done)
    assert RemovalRequest.objects.get().answered_by.is_national


@pytest.mark.parametrize(("reason", "words"), [("", "Hãy ghi lý do"), ("ệ" * 501, "501/500")])
def test_a_refusal_without_a_fitting_reason_keeps_what_was_typed(national, reason, words):
    removal = make_removal()

    answer = national.post(addresses(removal)["refuse"], {"reason": reason})

    assert answer.status_code == 422
    assert words in says(answer)
    assert filled_in(form_on(answer, addresses(removal)["refuse"]))["reason"] == reason


def test_what_was_taken_back_meanwhile_is_not_answered(national):
    removal = make_removal()
    take_removal_back(removal)

    for address in addresses(removal).values():
        answer = national.post(address, {"aware": "on", "reason": "Chưa xóa được."})
        assert answer.status_code == 422
        assert "đã được giải quyết hoặc đã rút" in says(answer)
    assert "Chưa xóa được." in says(answer)
    assert RemovalRequest.objects.get().state == "TAKEN_BACK"


def test_nobody_else_sees_or_answers_a_request():
    removal = make_removal()
    board, staff = make_board(removal.initiative.top), make_staff(removal.initiative.unit)

    for address in (reverse(LIST), page_of(removal)):
        assert signed_in(board).get(address).status_code in (403, 404)
        assert signed_in(staff).get(address, follow=True).status_code == 403
    for address in addresses(removal).values():
        assert signed_in(board).post(address, {"aware": "on", "reason": "Có"}).status_code in (403, 404)
        assert signed_in(staff).post(address, {"aware": "on", "reason": "Có"}, follow=True).status_code == 403
    assert "xóa thông tin" not in says(signed_in(board).get(reverse("admin:index")))
    assert RemovalRequest.objects.get().is_open


def test_national_staff_without_the_permission_only_look_on():
    removal = make_removal()
    user = make_national_user()
    group = user.groups.get()
    group.permissions.remove(group.permissions.get(codename="change_removalrequest"))

    client = signed_in(user)

    assert not client.get(page_of(removal)).context["form"]
    assert {client.post(address).status_code for address in addresses(removal).values()} == {403}


def test_an_administrator_of_the_site_may_answer():
    removal = make_removal()
    user = User.objects.create_superuser("quan-tri", password="sangkien-demo", full_name="QT")

    assert signed_in(user).post(addresses(removal)["carry_out"], {"aware": "on"}).status_code == 302
    assert RemovalRequest.objects.get().state == "DONE"


def test_the_boards_page_shows_a_filed_table_without_the_forgotten_name(national):
    initiative, entry = make_published()
    board = signed_in(make_board(entry.plan.union))
    address = reverse("admin:awards_fileddossier_change", args=[entry.dossier_id])
    assert "Đinh Riêng Tư" in says(board.get(address))

    national.post(addresses(ask_removal(initiative))["carry_out"], {"aware": "on"})

    page = says(board.get(address))
    assert not [text for text in ("Riêng Tư", "1951", "Thợ tiện", "Kín Đáo") if text in page]
    assert "Tác giả đã được xóa tên" in page
    assert initiative.title in page


def test_pages_of_the_desk_and_the_admin_open_for_a_forgotten_author(national):
    initiative = make_telling()
    national.post(addresses(ask_removal(initiative))["carry_out"], {"aware": "on"})
    staff = signed_in(make_staff(initiative.unit))

    pages = [staff.get(initiative.get_absolute_url()), staff.get(reverse("initiatives"))]
    pages.append(national.get(reverse("admin:initiatives_initiative_change", args=[initiative.pk])))

    for page in pages:
        assert page.status_code == 200
        assert "Tác giả đã được xóa tên" in says(page)
    assert "Xóa thông tin cá nhân" in says(pages[0])
    assert says(staff.get(reverse("initiatives") + "?q=riêng")).count(initiative.shown_code) == 0


def test_a_request_of_another_number_is_not_there(national):
    assert (
        national.post(reverse("admin:initiatives_removal_refuse", args=[make_initiative().pk + 99])).status_code == 404
    )
