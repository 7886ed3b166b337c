"""The record of a plan, a dossier, an initiative as people read it: one timeline each, paged by key."""

import pytest
from django.urls import reverse

from awards.models import Kind
from awards.selection import choose, take_back
from record.writing import write
from tests.boards import hold, signed_in
from tests.factories import make_board, make_dossier, make_initiative, make_user, make_valid

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def history(client, name, row, query=""):
    return client.get(reverse(f"admin:{name}_history", args=[row.pk]) + query).content.decode()


@pytest.fixture
def dossier():
    return make_valid(entries=2)


@pytest.fixture
def board(dossier):
    return signed_in(make_board(dossier.plan.union))


def test_a_plans_timeline_tells_filing_judgement_complaints_and_choice_in_order(dossier, board):
    plan, entry, by = dossier.plan, dossier.entries.get(rank=1), make_user(full_name="Người Chọn")
    hold(dossier.entries.get(rank=2))
    choose(plan, entry, Kind.PROVINCE, by=by)
    take_back(plan, entry, Kind.PROVINCE, "Nhầm.", by=by)

    page = history(board, "awards_selection", plan)

    words = ["Nộp hồ sơ", "Kết luận một điều kiện", "Kết luận hồ sơ hợp lệ", "Nhận đơn", "Chọn khen thưởng (1/30)",
             "Bỏ chọn khen thưởng"]  # fmt: skip
    places = [page.index(word) for word in words]
    assert places == sorted(places)
    assert (str(dossier) in page, entry.title in page, "Người Chọn" in page) == (True,) * 3
    assert "Trạng thái: Đã nộp → Hợp lệ" in page
    assert "Lê Thị Đơn" not in page  # who complained stays apart


def test_what_a_union_prepares_is_its_own_affair(dossier, board):
    draft = make_dossier(plan=dossier.plan, entries=1)

    page = history(board, "awards_selection", dossier.plan)

    assert str(draft.union) not in page
    assert "Đưa sáng kiến vào hồ sơ" not in page
    assert "Đưa sáng kiến vào hồ sơ" not in history(board, "awards_fileddossier", dossier)


def test_a_long_timeline_is_paged_by_key(board, dossier):
    initiative = make_initiative(dossier.union, dossier.plan.campaign)
    for number in range(100):
        write(initiative, "corrected", before={"title": f"Tên {number}."}, after={"title": f"Tên {number + 1}."})

    first = history(board, "initiatives_initiative", initiative)
    assert ("Tên 49." in first, "Tên 51." in first, "Tiếp theo →" in first) == (True, False, True)
    key = first.split("truoc=")[1].split('"')[0]
    second = history(board, "initiatives_initiative", initiative, f"?truoc={key}")
    assert ("Tên 51." in second, "Tên sáng kiến: Tên 60. → Tên 61." in second) == (True, True)
    assert "← Trước đó" in second


@pytest.mark.parametrize("name", ["awards_selection", "awards_fileddossier"])
def test_queries_do_not_grow_with_what_happened(name, dossier, board, django_assert_max_num_queries):
    row = dossier.plan if name == "awards_selection" else dossier

    def queries():
        with django_assert_max_num_queries(40) as counted:
            history(board, name, row)
        return len(counted)

    few = queries()
    for _ in range(3):
        write(dossier, "found", after={"condition": "NO_DISPUTE", "holds": True}, reason="Có.")
        make_valid(plan=dossier.plan)

    assert queries() == few
