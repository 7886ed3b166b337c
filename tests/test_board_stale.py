"""What the board read is what it judges: a filing that came meanwhile is told, and nothing typed is lost."""

import pytest
from django.urls import reverse

from awards.complaints import conclude
from awards.findings import return_for_correction
from awards.models import ComplaintState, Finding
from dossiers.filing import file_dossier
from tests.boards import hold, signed_in
from tests.factories import IN_TIME, make_board, make_filed, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.once]
TYPED = "Đã đọc kỹ từng trang, không thấy đơn nào."


def file_again(dossier):
    return_for_correction(dossier, "Thiếu dấu.", by=make_user())
    file_dossier(dossier, by=make_user(), arrived_at=IN_TIME)
    dossier.refresh_from_db()


@pytest.mark.parametrize(
    ("page", "part", "values"),
    [("awards_find", "NO_DISPUTE", {"holds": "yes"}), ("awards_judge", "khong-hop-le", {})],
)
def test_a_page_opened_before_the_union_filed_again_judges_nothing(page, part, values):
    dossier = make_filed()
    board = signed_in(make_board(dossier.plan.union))
    file_again(dossier)

    response = board.post(reverse(f"admin:{page}", args=[dossier.pk, part]), values | {"reason": TYPED, "seen": 1})

    assert response.status_code == 422
    assert "Đơn vị vừa nộp lại hồ sơ" in response.content.decode()
    assert TYPED in response.content.decode()
    assert not Finding.objects.exists()
    dossier.refresh_from_db()
    assert dossier.state == "FILED"


def test_what_was_typed_for_a_dossier_that_a_colleague_returned_stays_on_the_page():
    dossier = make_filed()
    board = signed_in(make_board(dossier.plan.union))
    return_for_correction(dossier, "Thiếu dấu.", by=make_user())

    response = board.post(
        reverse("admin:awards_judge", args=[dossier.pk, "khong-hop-le"]), {"reason": TYPED, "seen": 1}
    )

    assert response.status_code == 422
    assert TYPED in response.content.decode()


def test_what_was_typed_for_a_complaint_that_a_colleague_concluded_stays_on_the_page():
    dossier = make_filed()
    board = signed_in(make_board(dossier.plan.union))
    complaint = hold(dossier.entries.get())
    conclude(complaint, ComplaintState.DISMISSED, "Không có bằng chứng.", by=make_user())

    response = board.post(reverse("admin:awards_conclude", args=[complaint.pk]), {"state": "UPHELD", "outcome": TYPED})

    assert response.status_code == 422
    assert TYPED in response.content.decode()
