"""The board receives and concludes complaints through the admin (R13)."""

import pytest
from django.urls import reverse

from awards.models import Complaint
from record.models import Event
from tests.boards import signed_in
from tests.factories import make_board, make_filed, make_initiative

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def dossier():
    return make_filed(entries=2)


@pytest.fixture
def board(dossier):
    return signed_in(make_board(dossier.plan.union))


def new_complaint(client, initiative, **values):
    values = {
        "received_on": "01/04/2021",
        "came_by": "LETTER",
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
    page = board.get(reverse("admin:awards_fileddossier_change", args=[dossier.pk])).content.decode()
    assert "Tranh chấp quyền tác giả, nhận ngày 01/04/2021" in page


def test_a_complaint_about_another_provinces_initiative_is_refused(board, dossier):
    assert new_complaint(board, make_initiative()).status_code == 200
    assert not Complaint.objects.exists()


@pytest.mark.parametrize(
    "values", [{"received_on": "02/04/2021"}, {"text": "..."}, {"text": "a" * 3001}, {"kind": "X"}]
)
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
