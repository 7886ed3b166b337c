"""The selection page with marks: order, line, flags, balance, trying, and two members at once (R15)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.complaints import conclude
from awards.models import Award, ComplaintState
from dossiers.models import DossierEntry, Filing
from tests.boards import hold, signed_in
from tests.factories import make_board, make_complaint, make_plan
from tests.pages import says
from tests.refusals import without_triggers
from tests.scoring import make_marked, make_seat

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def page_of(plan, query=""):
    return f"{reverse('admin:awards_selection_change', args=[plan.pk])}{query}"


def choose(client, entry, deed="chon", reason=""):
    address = reverse("admin:awards_decide", args=[entry.plan_id, entry.pk, deed])
    return client.post(address, {"reason": reason}, follow=True)


def shown(answer):
    return [row.row.entry.pk for row in answer.context["rows"]]


def test_candidates_stand_in_the_order_of_their_marks_with_the_line_drawn():
    plan, entries = make_marked(70, 90, 80)
    answer = signed_in(make_board(plan.union)).get(page_of(plan))

    assert shown(answer) == [entries[1].pk, entries[2].pk, entries[0].pk]
    assert [bool(row.line) for row in answer.context["rows"]] == [False, False, True]
    assert "Hết 2 suất theo thứ hạng điểm" in says(answer)


def test_a_tie_across_the_line_is_marked_and_wants_its_reason():
    plan, entries = make_marked(90, 80, 80)
    board = signed_in(make_board(plan.union))

    assert "Bằng điểm ở suất cuối: 2 sáng kiến cho 1 suất" in says(board.get(page_of(plan)))
    assert "Hãy ghi lý do chọn" in says(choose(board, entries[1]))
    assert not Award.objects.exists()
    assert "Lý do: Lan tỏa rộng." in says(choose(board, entries[1], reason="Lan tỏa rộng."))


def test_without_marks_there_is_neither_rank_nor_line():
    plan, _ = make_marked(None, None)
    answer = signed_in(make_board(plan.union)).get(page_of(plan))

    assert "STT" in says(answer)
    assert not [row for row in answer.context["rows"] if row.line]


def test_who_has_still_to_mark_sees_no_rank_and_no_line():
    plan, _ = make_marked(90, 80, 80)
    answer = signed_in(make_seat(plan).user).get(page_of(plan))

    assert "Bạn chưa xem được điểm của 3 sáng kiến" in says(answer)
    assert "Bằng điểm ở suất cuối:" not in says(answer)
    assert {(row.row.standing.average, row.row.standing.rank) for row in answer.context["rows"]} == {(None, None)}


@pytest.mark.parametrize(
    ("flag", "expected"),
    [("above", [0]), ("tied", [1, 2]), ("awarded", [0]), ("open", [1, 2, 3]), ("held", [3]), ("late", [])],
)
def test_flags_narrow_the_list(flag, expected):
    plan, entries = make_marked(90, 80, 80, 70)
    board = signed_in(make_board(plan.union))
    choose(board, entries[0])
    hold(entries[3])

    assert set(shown(board.get(page_of(plan, f"?flag={flag}")))) == {entries[number].pk for number in expected}


def test_a_dossier_filed_under_an_extension_is_marked():
    plan, entries = make_marked(90, 80)
    board = signed_in(make_board(plan.union))
    assert shown(board.get(page_of(plan, "?flag=late"))) == []
    with without_triggers():
        Filing.objects.update(arrived_at=plan.dossier_deadline, deadline=plan.dossier_deadline + timedelta(days=1))

    assert len(shown(board.get(page_of(plan, "?flag=late")))) == len(entries)
    assert "Nộp trong thời gian gia hạn" in says(board.get(page_of(plan, "?flag=late")))


def test_the_balance_counts_candidates_awards_and_nominations():
    plan, entries = make_marked(90, 80, 70)
    DossierEntry.objects.filter(pk=entries[0].pk).update(field="community")
    DossierEntry.objects.filter(pk__in=[entries[1].pk, entries[2].pk]).update(field="production")
    board = signed_in(make_board(plan.union))
    choose(board, entries[0])
    choose(board, entries[0], "de-nghi")

    fields, blocks, unions = board.get(page_of(plan)).context["balances"]
    counts = {name: (count.candidates, count.awarded, count.nominated) for name, count in fields.parts.items()}
    assert sorted(counts.values()) == [(1, 1, 1), (2, 0, 0)]
    assert [count.candidates for count in unions.parts.values()] == [3]
    assert sum(count.awarded for count in blocks.parts.values()) == 1


@pytest.mark.parametrize("basis", ["field", "block", "union"])
def test_trying_another_way_changes_nothing(basis):
    plan, _ = make_marked(90, 80, 80)
    answer = signed_in(make_board(plan.union)).get(page_of(plan, f"?basis={basis}"))

    assert "không lưu và không thay đổi gì" in says(answer)
    assert len(shown(answer)) == 3
    assert not Award.objects.exists()


def test_a_second_member_is_told_of_what_the_first_changed():
    plan, entries = make_marked(90, 80, 70)
    one, other = (signed_in(make_board(plan.union)) for _ in range(2))
    version = other.get(page_of(plan)).context["version"]
    changes = reverse("admin:awards_selection_changes", args=[plan.pk])
    assert other.get(f"{changes}?v={version}").json() == {"said": ""}

    choose(one, entries[0])

    assert "vừa thay đổi danh sách" in other.get(f"{changes}?v={version}").json()["said"]
    assert one.get(f"{changes}?v={version}").json() == {"said": ""}


def test_another_board_is_told_of_nothing():
    plan, _ = make_marked(90)
    stranger = signed_in(make_board(make_plan().union))

    assert stranger.get(reverse("admin:awards_selection_changes", args=[plan.pk])).status_code == 404


def test_the_page_asks_as_often_for_three_marked_candidates_as_for_one():
    plan, _ = make_marked(90)
    board = signed_in(make_board(plan.union))
    board.get(page_of(plan))
    with CaptureQueriesContext(connection) as counted:
        board.get(page_of(plan))
    more, _ = make_marked(90, 80, 80, campaign=plan.campaign)
    board = signed_in(make_board(more.union))
    board.get(page_of(more))
    with CaptureQueriesContext(connection) as again:
        board.get(page_of(more))

    assert len(again) == len(counted)


def test_all_who_have_a_place_by_rank_are_marked_with_one_click_until_they_stand_on_it():
    plan, entries = make_marked(90, 80, 70, limit=2)
    board = signed_in(make_board(plan.union))
    offered = "Đánh dấu 2 sáng kiến trong suất theo thứ hạng"

    assert offered in says(board.get(page_of(plan)))
    assert board.get(page_of(plan)).content.count(b" checked>") == 0
    marked = board.get(f"{page_of(plan)}?danh-dau=1")
    assert marked.context["typed"]["entries"] == {entries[0].pk, entries[1].pk}
    assert marked.content.count(b" checked>") == 2
    choose(board, entries[0])
    assert "Đánh dấu 1 sáng kiến trong suất theo thứ hạng" in says(board.get(page_of(plan)))


def test_what_a_complaint_excluded_is_said_to_be_out_not_to_be_waiting():
    plan, entries = make_marked(90, 80)
    board = make_board(plan.union)
    conclude(make_complaint(entries[0].initiative), ComplaintState.UPHELD, "Chép.", by=board)

    answer = says(signed_in(board).get(page_of(plan))).split("Kết quả chọn")[1]
    assert "Đơn có căn cứ, không được xét" in answer
    assert "Đang giữ lại vì có đơn" not in answer


def test_the_pages_of_a_plan_lead_to_each_other():
    plan, _ = make_marked(90)
    board = signed_in(make_board(plan.union))
    pages = ["consultation_change", "scoring_change", "selection_change", "papers"]
    addresses = [reverse(f"admin:awards_{name}", args=[plan.pk]) for name in pages]

    for own in addresses:
        answer = board.get(own).content.decode()
        assert [address for address in addresses if f'href="{address}"' not in answer] == []
        assert f'href="{own}" aria-current="true"' in answer
