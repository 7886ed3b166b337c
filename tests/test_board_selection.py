"""The board chooses through the admin, never one too many (R14, R15)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Award, Kind
from awards.selection import choose
from dossiers.models import DossierEntry
from tests.boards import hold, signed_in
from tests.factories import make_board, make_national_user, make_plan, make_staff, make_valid

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DECISION = {"decision_number": "12/QĐ-LĐLĐ", "decision_date": "01/04/2021"}


@pytest.fixture
def plan():
    return make_plan(award_limit=2, nomination_limit=1)


@pytest.fixture
def entries(plan):
    return list(make_valid(plan=plan, entries=3).entries.order_by("rank"))


@pytest.fixture
def board(plan):
    return signed_in(make_board(plan.union))


def page_of(plan):
    return reverse("admin:awards_selection_change", args=[plan.pk])


def decide(client, entry, deed, query="", reason="Hội đồng thống nhất."):
    address = reverse("admin:awards_decide", args=[entry.plan_id, entry.pk, deed])
    return client.post(f"{address}?{query}", {"reason": reason}, follow=True)


def mark(client, plan, entries):
    address = reverse("admin:awards_choose_marked", args=[plan.pk])
    return client.post(address, {"entry": [entry.pk for entry in entries]}, follow=True)


def chosen(kind=Kind.PROVINCE):
    return set(Award.objects.standing().filter(kind=kind).values_list("entry", flat=True))


def test_the_page_shows_the_places_left_and_what_was_chosen(board, plan, entries):
    decide(board, entries[0], "chon")
    answer = decide(board, entries[0], "de-nghi").content.decode()

    assert "<strong>1/2</strong>" in answer
    assert "<strong>1/1</strong>" in answer
    assert f"Đã đề nghị biểu dương: {entries[0].title}" in answer


def test_one_award_too_many_is_refused_naming_the_limit(board, plan, entries):
    answers = [decide(board, entry, "chon").content.decode() for entry in entries]

    assert chosen() == {entries[0].pk, entries[1].pk}
    assert "Đã đủ 2/2 suất" in answers[2]


def test_one_nomination_too_many_is_refused(board, plan, entries):
    for entry in entries[:2]:
        decide(board, entry, "chon")
    answers = [decide(board, entry, "de-nghi").content.decode() for entry in entries[:2]]

    assert chosen(Kind.NATIONAL) == {entries[0].pk}
    assert "Đã đủ 1/1 suất" in answers[1]


def test_only_what_is_awarded_is_nominated_and_a_nominated_award_stays(board, entries):
    early = decide(board, entries[0], "de-nghi").content.decode()
    decide(board, entries[0], "chon")
    decide(board, entries[0], "de-nghi")
    late = decide(board, entries[0], "bo-chon").content.decode()

    assert "Chỉ đề nghị biểu dương sáng kiến đã được chọn" in early
    assert "Hãy bỏ đề nghị biểu dương trước" in late
    assert chosen() == chosen(Kind.NATIONAL) == {entries[0].pk}


def test_what_was_chosen_is_taken_back_and_its_place_free_again(board, entries):
    for deed in ("chon", "de-nghi", "bo-de-nghi", "bo-chon"):
        decide(board, entries[0], deed)
    mark(board, entries[0].plan, entries[1:])

    assert chosen() == {entries[1].pk, entries[2].pk}


def test_taking_back_without_a_reason_is_refused(board, entries):
    decide(board, entries[0], "chon", reason="")
    answer = decide(board, entries[0], "bo-chon", reason="")

    assert answer.status_code == 422
    assert chosen() == {entries[0].pk}


def test_a_refused_choice_keeps_the_reason_and_the_marks(board, plan, entries):
    hold(entries[1])
    address = reverse("admin:awards_choose_marked", args=[plan.pk])
    answer = board.post(address, {"entry": [entries[0].pk, entries[1].pk], "reason": "Viết rất lâu"})

    assert answer.status_code == 422
    assert 'value="Viết rất lâu"' in answer.content.decode()
    assert answer.content.decode().count(" checked>") == 1  # the held one has no box any more


def test_a_bulk_choice_beyond_the_limit_chooses_nothing(board, plan, entries):
    answer = mark(board, plan, entries).content.decode()

    assert chosen() == set()
    assert "chỉ còn 2 suất" in answer


def test_a_bulk_choice_with_one_that_may_not_be_chosen_chooses_nothing(board, plan, entries):
    hold(entries[1])

    assert "không đủ điều kiện" in mark(board, plan, entries[:2]).content.decode()
    assert chosen() == set()


def test_a_bulk_choice_of_nothing_says_what_to_do(board, plan, entries):
    assert "Chưa đánh dấu dòng nào" in mark(board, plan, []).content.decode()


def test_a_bulk_choice_with_another_plans_entry_is_not_found(board, plan, entries):
    foreign = make_valid().entries.get()

    assert mark(board, plan, [entries[0], foreign]).status_code == 404
    assert chosen() == set()


def test_an_entry_of_another_plan_is_not_found_below_ones_own(board, plan, entries):
    foreign = make_valid().entries.get()
    address = reverse("admin:awards_decide", args=[plan.pk, foreign.pk, "chon"])

    assert board.post(address).status_code == 404


def test_a_held_candidate_is_marked_and_offers_no_button(board, plan, entries):
    hold(entries[0])
    answer = board.get(page_of(plan)).content.decode()

    assert "Đang giữ lại vì có đơn" in answer
    assert reverse("admin:awards_decide", args=[plan.pk, entries[0].pk, "chon"]) not in answer
    assert reverse("admin:awards_decide", args=[plan.pk, entries[1].pk, "chon"]) in answer


def test_filters_narrow_the_list_and_stay_after_a_choice(board, plan, entries):
    other = make_valid(plan=plan).entries.get()
    DossierEntry.objects.filter(pk=other.pk).update(field="community", title="Tiêm chủng lưu động")
    query = f"field=community&union={other.dossier.union_id}"

    shown = board.get(f"{page_of(plan)}?{query}").content.decode()
    answer = decide(board, other, "chon", query)

    assert "Tiêm chủng lưu động" in shown
    assert entries[0].title not in shown
    assert answer.redirect_chain[-1][0] == f"{page_of(plan)}?{query}#muc-{other.pk}"


@pytest.mark.parametrize(
    "query",
    ["field=x", "union=x", "union=%00", "union=-1", "field=%00", "union=" + "9" * 30, "flag=x", "block=x", "basis=x"],
)
def test_filters_that_mean_nothing_filter_nothing(query, board, plan, entries):
    assert len(board.get(f"{page_of(plan)}?{query}").context["rows"]) == 3


def test_national_staff_look_on_without_buttons(plan, entries):
    answer = signed_in(make_national_user()).get(page_of(plan)).content.decode()

    assert entries[0].title in answer
    assert "formaction" not in answer
    assert "Công bố</h2>" not in answer


def test_the_page_asks_as_often_for_three_candidates_as_for_one(plan, board):
    def queries():
        board.get(page_of(plan))
        with CaptureQueriesContext(connection) as counted:
            board.get(page_of(plan))
        return len(counted)

    first = make_valid(plan=plan)
    at_one = queries()
    make_valid(plan=plan, entries=2)
    choose(plan, first.entries.get(), Kind.PROVINCE, by=make_staff(first.union))

    assert queries() == at_one
