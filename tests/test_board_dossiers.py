"""The board judges dossiers, receives complaints and grants extensions through the admin (R11, R13, R16)."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Complaint, Finding
from dossiers.models import Extension, Plan, QuotaException
from record.models import Event
from tests.factories import (
    VIETNAM,
    make_board,
    make_complete,
    make_filed,
    make_initiative,
    make_national_user,
    make_plan,
    make_union,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier():
    return make_filed(entries=2)


@pytest.fixture
def board(dossier):
    client = Client()
    client.force_login(make_board(dossier.plan.union))
    return client


@pytest.fixture
def national():
    client = Client()
    client.force_login(make_national_user())
    return client


def page_of(dossier):
    return reverse("admin:awards_fileddossier_change", args=[dossier.pk])


def find(client, dossier, condition, holds="yes", reason="Đã kiểm tra."):
    return client.post(
        reverse("admin:awards_find", args=[dossier.pk, condition]), {"holds": holds, "reason": reason}, follow=True
    )


def judge(client, dossier, verdict, reason="Đã xem xét."):
    return client.post(reverse("admin:awards_judge", args=[dossier.pk, verdict]), {"reason": reason}, follow=True)


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

    assert reverse("admin:awards_judge", args=[dossier.pk, "hop-le"]) not in board.get(page_of(dossier)).content.decode()
    assert judge(board, dossier, "hop-le").status_code == 422


def test_national_staff_get_no_buttons(national, dossier):
    answer = national.get(page_of(dossier)).content.decode()

    assert "<textarea" not in answer
    assert "formaction" not in answer


def test_a_dossier_in_preparation_is_not_shown(board, dossier):
    draft = make_complete(make_filed(plan=dossier.plan))
    draft.state = "DRAFT"
    draft.save(update_fields=["state"])

    assert board.get(page_of(draft)).status_code == 404


@pytest.mark.parametrize(("page", "start"), [("awards_letter", b"%PDF-"), ("awards_table", b"PK")])
def test_letter_and_table_come_as_downloads(page, start, board, dossier):
    answer = board.get(reverse(f"admin:{page}", args=[dossier.pk, 1]))

    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(start)
    assert board.get(reverse(f"admin:{page}", args=[dossier.pk, 2])).status_code == 404


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


def new_complaint(client, initiative, **values):
    values = {
        "received_on": "01/04/2021",
        "kind": "AUTHORSHIP",
        "initiative": initiative.pk,
        "text": "Sáng kiến này là của tôi.",
        "complainant": "Lê Thị Đơn",
        "contact": "0912 345 678",
    } | values
    return client.post(reverse("admin:awards_complaint_add"), values)


def test_a_board_receives_a_complaint_which_holds_the_initiative(board, dossier):
    entry = dossier.entries.first()

    assert new_complaint(board, entry.initiative).status_code == 302
    assert Complaint.objects.get().state == "OPEN"
    assert Event.objects.of(entry.initiative).last().deed == "held"
    assert "Tranh chấp quyền tác giả, nhận ngày 01/04/2021" in board.get(page_of(dossier)).content.decode()


def test_a_complaint_about_another_provinces_initiative_is_refused(board, dossier):
    assert new_complaint(board, make_initiative()).status_code == 200
    assert not Complaint.objects.exists()


@pytest.mark.parametrize("values", [{"received_on": "02/04/2021"}, {"text": "..."}, {"text": "a" * 3001}, {"kind": "X"}])
def test_a_complaint_that_makes_no_sense_is_refused(values, board, dossier):
    assert new_complaint(board, dossier.entries.first().initiative, **values).status_code == 200
    assert not Complaint.objects.exists()


def test_a_complaint_is_concluded_once_and_then_stands(board, dossier):
    new_complaint(board, dossier.entries.first().initiative)
    complaint = Complaint.objects.get()
    address = reverse("admin:awards_conclude", args=[complaint.pk])

    first = board.post(address, {"state": "DISMISSED", "outcome": "Không có chứng cứ."})
    second = board.post(address, {"state": "UPHELD", "outcome": "Đổi ý."})

    complaint.refresh_from_db()
    assert (first.status_code, second.status_code) == (302, 422)
    assert (complaint.state, complaint.outcome) == ("DISMISSED", "Không có chứng cứ.")


@pytest.mark.parametrize("sent", [{}, {"state": "OPEN", "outcome": "Có."}, {"state": "UPHELD", "outcome": " "}])
def test_a_conclusion_needs_a_decision_and_a_reason(sent, board, dossier):
    new_complaint(board, dossier.entries.first().initiative)
    complaint = Complaint.objects.get()

    assert board.post(reverse("admin:awards_conclude", args=[complaint.pk]), sent).status_code == 422
    assert Complaint.objects.get().state == "OPEN"


def test_a_received_complaint_is_not_edited_or_deleted(board, dossier):
    new_complaint(board, dossier.entries.first().initiative)
    complaint = Complaint.objects.get()

    edited = board.post(reverse("admin:awards_complaint_change", args=[complaint.pk]), {"text": "Khác."})
    deleted = board.post(reverse("admin:awards_complaint_delete", args=[complaint.pk]), {"post": "yes"})

    assert (edited.status_code, deleted.status_code) == (405, 403)
    assert Complaint.objects.get().text == "Sáng kiến này là của tôi."


def extend(client, plan, union, **values):
    values = {
        "plan": plan.pk,
        "union": union.pk,
        "until_0": "20/04/2021",
        "until_1": "00:00",
        "reason": "Lũ lụt, mất điện.",
    } | values
    return client.post(reverse("admin:dossiers_extension_add"), values)


def test_a_board_grants_an_extension_in_its_own_name(board, dossier):
    assert extend(board, dossier.plan, dossier.union).status_code == 302

    extension = Extension.objects.get()
    assert dossier.plan.deadline_of(dossier.union) == datetime(2021, 4, 20, tzinfo=VIETNAM)
    assert extension.granted_by.pk == int(board.session["_auth_user_id"])
    assert Event.objects.of(extension).get().deed == "created"


@pytest.mark.parametrize("values", [{"until_0": "16/04/2021"}, {"until_0": "17/04/2021"}, {"reason": "."}])
def test_an_extension_is_later_than_the_deadline_and_has_a_reason(values, board, dossier):
    assert extend(board, dossier.plan, dossier.union, **values).status_code == 200
    assert not Extension.objects.exists()


def test_no_extension_for_a_union_or_a_plan_of_others(board, dossier):
    other = make_plan()
    below = make_union("GRASSROOTS", dossier.union)

    for plan, union in [
        (other, make_union(parent=other.union)),
        (dossier.plan, make_union(parent=other.union)),
        (other, dossier.union),
        (dossier.plan, below),
    ]:
        assert extend(board, plan, union).status_code == 200
    assert not Extension.objects.exists()


def test_an_extension_is_not_changed_or_deleted_and_not_granted_by_national_staff(board, national, dossier):
    extend(board, dossier.plan, dossier.union)
    extension = Extension.objects.get()
    change = reverse("admin:dossiers_extension_change", args=[extension.pk])

    assert board.post(change, {"reason": "Khác."}).status_code == 403
    assert board.post(reverse("admin:dossiers_extension_delete", args=[extension.pk])).status_code == 403
    assert extend(national, dossier.plan, dossier.union).status_code == 403


def plan_form(client, plan):
    """What the plan's page holds, as a browser would send it back."""
    form = client.get(reverse("admin:dossiers_plan_change", args=[plan.pk])).context["adminform"].form
    sent = {"number": plan.number, "issued_on": "05/03/2021", "mailbox": "", "seen": form.fields["seen"].initial}
    exceptions = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}
    open_fields = {
        "campaign": plan.campaign_id,
        "union": plan.union_id,
        "dossier_deadline_0": "17/04/2021",
        "dossier_deadline_1": "00:00",
        **{name: getattr(plan, name) for name in Plan.FROZEN_FIELDS if name.endswith(("limit", "target"))},
        "quota_upper": plan.quota_upper,
        "quota_grassroots": plan.quota_grassroots,
    }
    return sent | open_fields | {f"quota_exceptions-{name}": value for name, value in exceptions.items()}


def test_a_frozen_plan_says_why_and_keeps_its_numbers(national, dossier):
    plan = Plan.objects.get(pk=dossier.plan_id)
    address = reverse("admin:dossiers_plan_change", args=[plan.pk])
    page = national.get(address).content.decode()

    answer = national.post(address, plan_form(national, plan) | {"award_limit": 31, "mailbox": "hs@example.vn"})

    plan.refresh_from_db()
    assert "Số liệu đã khóa từ" in page
    assert 'name="award_limit"' not in page
    assert answer.status_code == 302
    assert (plan.award_limit, plan.mailbox) == (30, "hs@example.vn")


def test_before_the_first_filing_national_staff_set_numbers_and_quotas_by_name(national):
    plan = make_plan()
    union = make_union(parent=plan.union)
    address = reverse("admin:dossiers_plan_change", args=[plan.pk])
    row = {"quota_exceptions-0-plan": plan.pk, "quota_exceptions-0-union": union.pk, "quota_exceptions-0-quota": 10}

    answer = national.post(
        address, plan_form(national, plan) | {"award_limit": 29, "quota_exceptions-TOTAL_FORMS": 1} | row
    )

    plan.refresh_from_db()
    assert answer.status_code == 302
    assert (plan.award_limit, plan.quota_of(union)) == (29, 10)
    assert [event.deed for event in Event.objects.of(plan)] == ["changed", "quota_set"]


def test_no_quota_by_name_for_a_union_of_another_province(national):
    plan, foreign = make_plan(), make_union()
    row = {"quota_exceptions-0-plan": plan.pk, "quota_exceptions-0-union": foreign.pk, "quota_exceptions-0-quota": 10}

    national.post(
        reverse("admin:dossiers_plan_change", args=[plan.pk]),
        plan_form(national, plan) | {"quota_exceptions-TOTAL_FORMS": 1} | row,
    )

    assert not QuotaException.objects.exists()


def test_a_page_that_went_stale_does_not_overwrite_what_another_person_saved(national):
    plan = make_plan()
    address = reverse("admin:dossiers_plan_change", args=[plan.pk])
    old_page = plan_form(national, plan)
    national.post(address, plan_form(national, plan) | {"award_limit": 25})

    refused = national.post(address, old_page | {"mailbox": "hs@example.vn"})
    again = refused.context["adminform"].form.data["seen"]
    accepted = national.post(address, old_page | {"mailbox": "hs@example.vn", "award_limit": 25, "seen": again})

    plan.refresh_from_db()
    assert (refused.status_code, accepted.status_code) == (200, 302)
    assert "vừa thay đổi" in refused.content.decode()
    assert (plan.award_limit, plan.mailbox) == (25, "hs@example.vn")


def test_a_board_does_not_change_its_plan(board, dossier):
    address = reverse("admin:dossiers_plan_change", args=[dossier.plan_id])

    assert board.post(address, {"award_limit": 31}).status_code == 403
