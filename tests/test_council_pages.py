"""The board's pages of criteria and members."""

from decimal import Decimal

import pytest
from django.urls import reverse

from awards.criteria import rules_of
from tests.boards import signed_in
from tests.factories import make_board, make_plan
from tests.scoring import draft_of, lay_down_simple, make_scene

pytestmark = [pytest.mark.django_db, pytest.mark.once]

RULES = {"version": 0, "marks_wanted": 2, "gap": "20"}


def page(name, plan, *more):
    return reverse(f"admin:awards_{name}", args=[plan.pk, *more])


def shown(client, address):
    return client.get(address).content.decode()


def test_criteria_are_laid_down_ready_and_then_edited():
    plan = make_plan()
    client = signed_in(make_board(plan.union))
    client.post(page("ready_criteria", plan))
    assert plan.criteria.count() == 4
    form = client.get(page("criteria", plan)).context
    fields = {field.html_name: field.value() or "" for each in [form["rules_form"], *form["forms"]] for field in each}
    emptied = dict.fromkeys((f"criterion-3-{name}" for name in ("name", "max_points", "bands", "guidance")), "")

    client.post(page("criteria", plan), fields | emptied | {"marks_wanted": "3", "gap": "15,5"})

    assert [c.name for c in plan.criteria.all()][-1] == "Khả năng áp dụng, nhân rộng"
    assert (plan.criteria.count(), rules_of(plan).marks_wanted, rules_of(plan).gap) == (3, 3, Decimal("15.5"))
    assert plan.criteria.first().bands.count() == 4


def test_the_ready_criteria_replace_nothing():
    plan = make_plan()
    lay_down_simple(plan)

    signed_in(make_board(plan.union)).post(page("ready_criteria", plan))

    assert plan.criteria.count() == 2


@pytest.mark.parametrize("bands", ["Cao 25-30", "Cao: hai mươi", ": 3-5", "Cao: 1-2-3", "Cao: 5-30\nThấp: 0-5", ""])
def test_refused_criteria_keep_what_was_typed(bands):
    plan = make_plan()
    fields = RULES | {"criterion-0-name": "Tính mới", "criterion-0-max_points": "30", "criterion-0-bands": bands}

    answer = signed_in(make_board(plan.union)).post(page("criteria", plan), fields)

    assert answer.status_code == 422
    assert bands.split("\n")[0] in answer.content.decode()
    assert not plan.criteria.exists()


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"criterion-0-max_points": "30"}, {"name"}),
        ({"criterion-0-name": "Tính mới"}, {"max_points"}),
        ({"criterion-0-name": "Tính mới", "criterion-0-max_points": "x"}, {"max_points"}),
    ],
)
def test_a_criterion_has_a_name_and_a_maximum(values, names):
    plan = make_plan()
    fields = RULES | {"criterion-0-name": "", "criterion-0-max_points": "", "criterion-0-bands": ""} | values

    answer = signed_in(make_board(plan.union)).post(page("criteria", plan), fields)

    assert answer.status_code == 422
    assert set(answer.context["forms"][0].errors) == names


def test_who_edits_criteria_behind_anothers_back_is_told_and_saves_with_the_next_press():
    plan = make_plan()
    lay_down_simple(plan)
    fields = RULES | {"criterion-0-name": "Mới", "criterion-0-max_points": "30", "criterion-0-bands": "Cao: 5-30"}
    client = signed_in(make_board(plan.union))

    answer = client.post(page("criteria", plan), fields)

    assert answer.status_code == 422
    assert answer.context["rules_form"]["version"].value() == rules_of(plan).version
    client.post(page("criteria", plan), fields | {"version": rules_of(plan).version})
    assert [c.name for c in plan.criteria.all()] == ["Mới"]


def test_frozen_criteria_are_shown_and_say_so():
    plan, (entry,), (member, _) = make_scene()
    draft_of(entry, member, 50)
    client = signed_in(member.user)

    assert "không ai sửa được" in shown(client, page("criteria", plan))
    refused = client.post(page("criteria", plan), RULES)
    assert refused.status_code == 422
    assert plan.criteria.count() == 2


def test_the_board_names_describes_and_lets_go_of_members():
    plan = make_plan()
    board = make_board(plan.union)
    client = signed_in(board)
    values = {"full_name": "Trần Thị Chủ", "job_title": "", "duty": "CHAIR", "user": board.pk, "home_union": ""}

    client.post(page("council", plan), values)
    member = plan.council.get()
    assert client.post(page("council", plan), values | {"user": ""}).status_code == 422
    stale = client.post(page("member", plan, member.pk), values | {"full_name": "Khác", "version": 9})
    assert stale.status_code == 422
    client.post(page("member", plan, member.pk), values | {"full_name": "Trần Thị Chủ Tịch", "version": member.version})
    client.post(page("change_seat", plan, member.pk, "thoi"))
    member.refresh_from_db()

    assert (member.full_name, bool(member.left_at), member.user) == ("Trần Thị Chủ Tịch", True, board)
    client.post(page("change_seat", plan, member.pk, "tro-lai"))
    member.refresh_from_db()
    assert member.left_at is None
    assert client.post(page("change_seat", plan, member.pk, "khac")).status_code == 404


def test_a_seat_is_for_the_plans_own_board():
    plan = make_plan()
    stranger = make_board(make_plan().union)
    values = {"full_name": "Ai Đó", "duty": "MEMBER", "user": stranger.pk, "home_union": make_plan().union.pk}

    answer = signed_in(make_board(plan.union)).post(page("council", plan), values)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"user", "home_union"}
