"""A board meets what is alike at its findings and when it chooses, and may open a case about it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from awards.alike import likest_earlier
from awards.models import Complaint, ComplaintKind
from initiatives.copies_models import Resemblance
from initiatives.copies_verdicts import say_no_copy
from tests.boards import signed_in
from tests.factories import IN_TIME, make_board, make_initiative, make_staff, make_valid
from tests.pages import says

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FLAG = "Giống 90 % sáng kiến gửi trước"
CASE = "Mở việc tranh chấp quyền tác giả"


@pytest.fixture
def entry():
    return make_valid(entries=2).entries.get(rank=1)


@pytest.fixture
def pair(entry):
    earlier = make_initiative(arrived_at=IN_TIME - timedelta(days=2), full_name="Trần Kín", title="Tên riêng")
    values = {"percent": 90, "found_at": IN_TIME}
    return Resemblance.objects.create(earlier=earlier, later=entry.initiative, **values)


def pages(entry):
    return {
        "dossier": reverse("admin:awards_fileddossier_change", args=[entry.dossier_id]),
        "selection": reverse("admin:awards_selection_change", args=[entry.plan_id]),
    }


@pytest.mark.parametrize("name", ["dossier", "selection"])
def test_the_board_sees_which_entry_is_like_an_earlier_one(entry, pair, name):
    seen = says(signed_in(make_board(entry.plan.union)).get(pages(entry)[name]))

    assert seen.count(FLAG) == 1
    assert CASE in seen
    assert "Trần Kín" not in seen
    assert "Tên riêng" not in seen


def test_candidates_are_filtered_by_it(entry, pair):
    client = signed_in(make_board(entry.plan.union))

    rows = client.get(f"{pages(entry)['selection']}?flag=alike").context["rows"]

    assert [shown.row.entry for shown in rows] == [entry]


def test_what_a_union_said_the_board_still_sees_and_what_it_said_itself_not(entry, pair):
    board = make_board(entry.plan.union)
    client = signed_in(board)
    say_no_copy(pair, "Cùng nhóm làm.", by=make_staff(entry.dossier.union), version=1)

    seen = says(client.get(pages(entry)["selection"]))
    assert "Công đoàn: không phải sao chép (Cùng nhóm làm.)" in seen
    say_no_copy(pair, "Đã hỏi cả hai.", by=board, version=2)
    assert all(FLAG not in says(client.get(address)) for address in pages(entry).values())


def test_a_case_is_opened_from_it_with_its_first_words_written(entry, pair):
    client = signed_in(make_board(entry.plan.union))
    address = reverse("admin:awards_complaint_add")

    form = client.get(f"{address}?giong={pair.pk}").context["adminform"].form
    assert "Trần Kín" not in form.initial["text"]
    client.post(address, {**form.initial, "received_on": "01/04/2021"})

    complaint = Complaint.objects.get()
    assert (complaint.initiative, complaint.kind) == (entry.initiative, ComplaintKind.AUTHORSHIP)
    assert complaint.text.startswith("Hội đồng thấy nội dung giống 90 % một sáng kiến gửi trước")


@pytest.mark.parametrize("key", ["0", "x", "9" * 30, "999"])
def test_a_pair_that_is_none_opens_an_empty_case(entry, key):
    form = signed_in(make_board(entry.plan.union)).get(f"{reverse('admin:awards_complaint_add')}?giong={key}")

    assert "initiative" not in form.context["adminform"].form.initial


def test_of_another_boards_pair_nothing_is_written(pair):
    client = signed_in(make_board(pair.earlier.top))

    form = client.get(f"{reverse('admin:awards_complaint_add')}?giong={pair.pk}").context["adminform"].form

    assert "text" not in form.initial


@pytest.mark.parametrize("entries", [1, 3])
def test_looking_for_what_is_alike_costs_one_statement(django_assert_num_queries, entries):
    keys = [entry.initiative_id for entry in make_valid(entries=entries).entries.all()]
    for key in keys:
        earlier = make_initiative()
        Resemblance.objects.create(earlier=earlier, later_id=key, percent=90, found_at=IN_TIME)

    with django_assert_num_queries(1):
        assert set(likest_earlier(keys)) == set(keys)
