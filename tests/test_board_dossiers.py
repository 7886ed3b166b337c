"""The board judges dossiers, receives complaints and grants extensions through the admin (R11, R13, R16)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from awards.models import Finding
from record.models import Event
from tests.boards import hold, signed_in
from tests.factories import (
    make_board,
    make_complete,
    make_dossier,
    make_filed,
    make_national_user,
    make_union,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def dossier():
    return make_filed(entries=2)


@pytest.fixture
def board(dossier):
    return signed_in(make_board(dossier.plan.union))


@pytest.fixture
def national():
    return signed_in(make_national_user())


def page_of(dossier):
    return reverse("admin:awards_fileddossier_change", args=[dossier.pk])


def find(client, dossier, condition, holds="yes", reason="Đã kiểm tra.", seen=1):
    return client.post(
        reverse("admin:awards_find", args=[dossier.pk, condition]),
        {"holds": holds, "reason": reason, "seen": seen},
        follow=True,
    )


def judge(client, dossier, verdict, reason="Đã xem xét.", seen=1):
    return client.post(
        reverse("admin:awards_judge", args=[dossier.pk, verdict]), {"reason": reason, "seen": seen}, follow=True
    )


def state_of(dossier):
    dossier.refresh_from_db()
    return dossier.state


def test_a_dossier_becomes_valid_once_both_findings_are_made(board, dossier):
    refused = judge(board, dossier, "hop-le")
    find(board, dossier, "NO_COMPLAINT")
    find(board, dossier, "NO_DISPUTE")
    done = judge(board, dossier, "hop-le", "Đủ bốn điều kiện.")

    assert refused.status_code == 422
    assert "Chưa có kết luận" in refused.content.decode()
    assert done.status_code == 200
    assert "Đủ bốn điều kiện." in done.content.decode()
    assert state_of(dossier) == "VALID"


def test_valid_is_offered_once_both_conditions_are_found(board, dossier):
    before = board.get(page_of(dossier)).content.decode()
    find(board, dossier, "NO_COMPLAINT")
    between = board.get(page_of(dossier)).content.decode()
    find(board, dossier, "NO_DISPUTE", "no")
    after = board.get(page_of(dossier)).content.decode()

    assert "Còn 2 điều kiện chưa kết luận" in before
    assert "Còn 1 điều kiện chưa kết luận" in between
    assert (before.count(" disabled"), between.count(" disabled"), after.count(" disabled")) == (1, 1, 0)


def test_a_refused_verdict_is_answered_where_it_was_typed(board, dossier):
    answer = judge(board, dossier, "hop-le")
    page = answer.content.decode()

    assert f"{reverse('admin:awards_judge', args=[dossier.pk, 'hop-le'])}#ket-luan" in page
    assert "Chưa có kết luận" in page[page.index('id="ket-luan"') :]


def test_a_condition_says_how_many_complaints_of_its_kind_are_open(board, dossier):
    hold(dossier.entries.first(), "RESULT")
    hold(dossier.entries.last(), "CONTENT")
    page = board.get(page_of(dossier)).content.decode()

    assert page.count("đơn đang xem xét") == 1
    assert '<a href="#don">⚠ Có 2 đơn đang xem xét</a>' in page


def test_each_filed_entry_is_shown_with_all_columns_of_the_table(board, dossier):
    page = board.get(page_of(dossier)).content.decode()
    content = dossier.last_filing.content

    assert page.count('class="filed-entry"') == 2
    for column, text in zip(content["columns"][1:], content["entries"][0][1:], strict=True):
        assert column == "Tên sáng kiến" or f"<dt>{column}</dt>" in page
        assert escape(text) in page


def test_deadlines_are_said_as_people_say_them(board, dossier):
    assert "hạn: hết ngày 16/04/2021" in board.get(page_of(dossier)).content.decode()
    assert "hết ngày 16/04/2021" in board.get(reverse("admin:dossiers_plan_changelist")).content.decode()
    plan = board.get(reverse("admin:dossiers_plan_change", args=[dossier.plan_id])).content.decode()
    assert "hết ngày 16/04/2021" in plan


def test_what_was_typed_is_kept_when_a_verdict_is_refused(board, dossier):
    answer = judge(board, dossier, "hop-le", "Lý do dài đã gõ mất công.")

    assert "Lý do dài đã gõ mất công.</textarea>" in answer.content.decode()


@pytest.mark.parametrize("reason", ["", "  ", "...", "x" * 1001])
def test_no_verdict_and_no_finding_without_a_fitting_reason(reason, board, dossier):
    assert judge(board, dossier, "khong-hop-le", reason).status_code == 422
    assert find(board, dossier, "NO_DISPUTE", reason=reason).status_code == 422
    assert state_of(dossier) == "FILED"
    assert not Finding.objects.exists()


def test_a_finding_shows_who_made_it_and_why(board, dossier):
    find(board, dossier, "NO_DISPUTE", "no", "Có hai người cùng nhận.")
    answer = board.get(page_of(dossier)).content.decode()

    assert "✗ Không đạt" in answer
    assert "Có hai người cùng nhận." in answer
    assert Finding.objects.get().found_by.full_name in answer


@pytest.mark.parametrize("condition", ["ON_TIME", "COMPLETE", "x"])
def test_what_the_system_computes_nobody_finds(condition, board, dossier):
    assert find(board, dossier, condition).status_code == 404


@pytest.mark.parametrize(("verdict", "state"), [("khong-hop-le", "INVALID"), ("tra-lai", "RETURNED")])
def test_other_verdicts_are_recorded_with_their_reason(verdict, state, board, dossier):
    judge(board, dossier, verdict, "Thiếu chữ ký.")

    assert state_of(dossier) == state
    assert Event.objects.of(dossier).last().reason == "Thiếu chữ ký."
    assert "Thiếu chữ ký." in board.get(page_of(dossier)).content.decode()


def test_a_returned_dossier_offers_nothing_to_judge(board, dossier):
    judge(board, dossier, "tra-lai")

    assert (
        reverse("admin:awards_judge", args=[dossier.pk, "hop-le"]) not in board.get(page_of(dossier)).content.decode()
    )
    assert judge(board, dossier, "hop-le").status_code == 422


def test_national_staff_get_no_buttons(national, dossier):
    answer = national.get(page_of(dossier)).content.decode()

    assert "<textarea" not in answer
    assert "formaction" not in answer


def test_a_dossier_in_preparation_is_not_shown(board, dossier):
    draft = make_complete(make_dossier(plan=dossier.plan, entries=1))

    assert board.get(page_of(draft)).status_code == 404


@pytest.mark.parametrize(("page", "start"), [("awards_letter", b"%PDF-"), ("awards_table", b"PK")])
def test_letter_and_table_come_as_downloads(page, start, board, dossier):
    place = [1] if page == "awards_letter" else []
    answer = board.get(reverse(f"admin:{page}", args=[dossier.pk, 1, *place]))

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(start)
    assert board.get(reverse(f"admin:{page}", args=[dossier.pk, 2, *place])).status_code == 404


def test_the_page_of_a_dossier_asks_as_often_for_three_entries_as_for_one(board, dossier):
    def queries(asked):
        board.get(page_of(asked))
        with CaptureQueriesContext(connection) as counted:
            board.get(page_of(asked))
        return len(counted)

    assert queries(make_filed(plan=dossier.plan, entries=1)) == queries(make_filed(plan=dossier.plan, entries=3))


def test_the_state_filter_filters_and_the_search_needs_no_tones(board, dossier):
    other = make_filed(make_union(parent=dossier.plan.union, name="LĐLĐ huyện Đại Từ", slug="dai-tu"), dossier.plan)
    address = reverse("admin:awards_fileddossier_changelist")
    judge(board, other, "khong-hop-le")

    def shown(**query):
        text = board.get(address, query).content.decode()
        return dossier.union.name in text, other.union.name in text

    assert shown() == (True, True)
    assert shown(state="FILED") == (True, False)
    assert shown(q="dai tu") == (False, True)
