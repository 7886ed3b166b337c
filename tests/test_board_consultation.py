"""The board asks for objections and deals with complaints through the admin."""

import io

import pytest
from django.urls import reverse

from awards.complaints import take_up
from awards.models import Complaint, Hearing, Kind, Shortlist
from awards.publishing import publish
from awards.selection import choose
from config import clock
from tests.boards import signed_in
from tests.factories import a_pdf, make_board, make_complaint, make_staff, make_user, make_valid
from tests.lists import make_listed, send_objection
from tests.pages import filled_in, form_on, says
from tests.test_board_complaints import new_complaint

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def plan():
    return make_valid(entries=2).plan


@pytest.fixture
def board(plan):
    return signed_in(make_board(plan.union))


def at_page(name, pk):
    return reverse(f"admin:awards_{name}", args=[pk])


def preview(client, plan, **values):
    return client.post(at_page("preview_shortlist", plan.pk), {"days": "15"} | values)


def confirm(client, plan, page, **changes):
    values = filled_in(form_on(page, at_page("publish_shortlist", plan.pk))) | changes
    return client.post(at_page("publish_shortlist", plan.pk), values)


def test_a_preview_publishes_nothing_and_shows_what_will_be_seen(board, plan, client):
    page = preview(board, plan)

    assert page.status_code == 200
    assert not Shortlist.objects.exists()
    assert confirm(board, plan, page).status_code == 302
    shortlist = Shortlist.objects.get()
    for words in (shortlist.sha256, "hết ngày 16/04/2021", "1. Cải tiến bàn cắt vải", "2. Cải tiến bàn cắt vải"):
        assert words in says(page)
        assert words in says(client.get(shortlist.get_absolute_url()))


def test_a_list_that_changed_after_the_preview_is_shown_again(board, plan):
    page = preview(board, plan)
    make_valid(plan=plan)

    refused = confirm(board, plan, page)

    assert refused.status_code == 422
    assert "Danh sách vừa thay đổi" in says(refused)
    assert not Shortlist.objects.exists()
    assert confirm(board, plan, refused).status_code == 302


@pytest.mark.parametrize("values", [{"days": ""}, {"days": "2"}, {"days": "61"}, {"days": "x"}])
def test_days_that_make_no_sense_are_refused_and_kept(board, plan, values):
    refused = preview(board, plan, **values)

    assert refused.status_code == 422
    assert filled_in(form_on(refused, at_page("preview_shortlist", plan.pk)))["days"] == values["days"]


def test_a_corrected_list_asks_for_its_reason(board, plan):
    confirm(board, plan, preview(board, plan))

    assert preview(board, plan).status_code == 422
    page = preview(board, plan, reason="Sót một sáng kiến.")
    assert confirm(board, plan, page).status_code == 302
    assert Shortlist.objects.get(version=2).reason == "Sót một sáng kiến."
    words = says(board.get(at_page("consultation_change", plan.pk)))
    assert all(one.sha256 in words for one in Shortlist.objects.all())


def test_after_the_decisions_the_page_offers_nothing(board, plan):
    confirm(board, plan, preview(board, plan))
    choose(plan, plan.entries.first(), Kind.PROVINCE, by=make_user())
    publish(plan, "12/QĐ", clock.today(), by=make_user())

    assert "Xem trước danh sách" not in says(board.get(at_page("consultation_change", plan.pk)))
    assert preview(board, plan, reason="Sót.").status_code == 422


def test_the_list_of_plans_costs_the_same_for_any_number_of_lists(board, plan, django_assert_num_queries):
    address = reverse("admin:awards_consultation_changelist")
    board.get(address)
    for _ in range(2):
        confirm(board, plan, preview(board, plan, reason="Sót một sáng kiến."))
        with django_assert_num_queries(9):
            board.get(address)


# Complaints


@pytest.fixture
def objection(plan):
    shortlist, entries = make_listed(plan=plan)
    return send_objection(shortlist, entries[0], files=[io.BytesIO(a_pdf())])


def test_a_board_takes_up_hears_and_concludes(board, objection):
    pk = objection.complaint.pk

    assert board.post(at_page("take_up", pk)).status_code == 302
    heard = {"held_on": "01/04/2021", "heard": "Nguyễn Thị Hoà, tác giả", "said": "Tôi làm từ tháng 2."}
    assert board.post(at_page("hear", pk), heard).status_code == 302
    done = {"state": "DISMISSED", "outcome": "Có sổ sách.", "reply": "Cảm ơn bạn."}
    assert board.post(at_page("conclude", pk), done).status_code == 302

    words = says(board.get(at_page("complaint_change", pk)))
    for text in (*heard.values(), "Có sổ sách.", "Cảm ơn bạn.", "Trang web", "Thụ lý đơn", "Ghi buổi làm việc"):
        assert text in words


@pytest.mark.parametrize("missing", ["held_on", "heard", "said"])
def test_a_hearing_that_lacks_something_is_refused_and_kept(board, objection, missing):
    pk = objection.complaint.pk
    board.post(at_page("take_up", pk))
    values = {"held_on": "01/04/2021", "heard": "Tác giả", "said": "Tôi làm trước."}

    refused = board.post(at_page("hear", pk), values | {missing: ""})

    assert refused.status_code == 422
    kept = filled_in(form_on(refused, at_page("hear", pk)))
    assert {name: kept[name] for name in values if name != missing} == {
        name: value for name, value in values.items() if name != missing
    }
    assert not Hearing.objects.exists()


def test_a_conclusion_that_somebody_else_was_faster_with_keeps_what_was_typed(board, objection):
    pk = objection.complaint.pk
    board.post(at_page("conclude", pk), {"state": "UNADMITTED", "outcome": "Nặc danh."})

    late = board.post(at_page("hear", pk), {"held_on": "01/04/2021", "heard": "A", "said": "Tôi làm trước."})

    assert late.status_code == 422
    assert "Tôi làm trước." in says(late)


def test_one_that_was_taken_up_is_not_offered_to_be_put_aside(board, objection):
    pk = objection.complaint.pk
    board.post(at_page("take_up", pk))

    assert "Không thụ lý:" not in says(board.get(at_page("complaint_change", pk)))
    assert board.post(at_page("conclude", pk), {"state": "UNADMITTED", "outcome": "X."}).status_code == 422


def test_an_attachment_is_only_ever_handed_out_as_a_file(board, objection):
    response = board.get(reverse("admin:awards_complaint_file", args=[objection.complaint.pk, 1]))

    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response.streaming_content) == a_pdf()
    assert board.get(reverse("admin:awards_complaint_file", args=[objection.complaint.pk, 2])).status_code == 404


def test_a_letter_is_entered_with_how_it_came_and_its_scan(board, plan):
    initiative = plan.entries.first().initiative

    sent = new_complaint(board, initiative, came_by="MAIL", files=[io.BytesIO(a_pdf()), io.BytesIO(a_pdf())])

    assert sent.status_code == 302
    complaint = Complaint.objects.get()
    assert (complaint.came_by, complaint.files.count()) == ("MAIL", 2)


@pytest.mark.parametrize("values", [{"came_by": "WEB"}, {"came_by": "FAX"}, {"files": [io.BytesIO(b"<html>")]}])
def test_a_letter_with_a_wrong_way_or_file_is_refused(board, plan, values):
    assert new_complaint(board, plan.entries.first().initiative, **values).status_code == 200
    assert not Complaint.objects.exists()


def test_complaints_are_filtered_by_state_kind_and_lateness(board, plan, at):
    shortlist, entries = make_listed(plan=plan)
    make_complaint(entries[0].initiative, kind="CONTENT")
    take_up(make_complaint(entries[1].initiative), by=make_user())
    send_objection(shortlist, entries[1], arrived_at=shortlist.closes_at)
    address = reverse("admin:awards_complaint_changelist")

    def rows(query):
        return board.get(f"{address}?{query}").context["cl"].result_count

    assert [rows(q) for q in ("kind=CONTENT", "is_late=1", "is_late=0", "state=OPEN", "is_late=x")] == [1, 1, 2, 3, 3]
    assert "gửi muộn" in says(board.get(address))


# What a union sees


def test_a_union_sees_that_its_entry_is_considered_and_nothing_else(plan):
    dossier = plan.dossiers.get()
    make_complaint(dossier.entries.first().initiative, text="Chép của tôi.", complainant="Người Tố Giác")
    staff = signed_in(make_staff(dossier.union))

    page = says(staff.get(dossier.get_absolute_url()))

    assert page.count("Hội đồng đang xem xét") == 1
    assert "Chép của tôi" not in page
    assert "Tố Giác" not in page
