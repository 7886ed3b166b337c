"""The pages on which a council marks: what each person finds there, and who must not get in (R15)."""

from decimal import Decimal

import pytest
from django.urls import reverse

from awards.criteria import rules_of
from awards.marking import close
from awards.models import Duty, Recusal, ScoreSheet
from tests.boards import signed_in
from tests.factories import make_board, make_national_user, make_plan, make_staff, make_user
from tests.scoring import draft_of, give, make_member, make_scene, make_seat

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def scene():
    return make_scene()


def sheet_page(entry, member, name="awards_sheet"):
    return reverse(f"admin:{name}", args=[entry.plan_id, entry.pk, member.pk])


def page(name, plan, *more):
    return reverse(f"admin:awards_{name}", args=[plan.pk, *more])


def typed(plan, *given, version=0, **more):
    """What a browser sends: points on the criteria in order."""
    numbers = {f"points-{c.pk}": number for c, number in zip(plan.criteria.order_by("position"), given, strict=True)}
    return {"version": version, "comment": ""} | numbers | more


def shown(client, address):
    return client.get(address).content.decode()


def test_a_member_marks_from_the_list_to_the_next_entry():
    plan, entries, (member, _) = make_scene(entries=2)
    client = signed_in(member.user)
    assert sheet_page(entries[0], member) in shown(client, page("scoring_change", plan))

    answer = client.post(sheet_page(entries[0], member), typed(plan, "50,5", "30", hand_in="1"))

    assert answer.url == sheet_page(entries[1], member)
    assert ScoreSheet.objects.get().total == Decimal("80.5")
    assert client.post(answer.url, typed(plan, "50", "30", hand_in="1")).url == page("scoring_change", plan)


def test_a_draft_comes_back_as_it_was_typed(scene):
    plan, (entry,), (member, _) = scene
    client = signed_in(member.user)
    client.post(sheet_page(entry, member), typed(plan, "12,5", "", comment="Xem thêm."))

    answer = shown(client, sheet_page(entry, member))

    assert 'value="12,5"' in answer
    assert "Xem thêm." in answer
    assert ScoreSheet.objects.get().submitted_at is None


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("61", "30"), "không thuộc mức nào"),
        (("mười", "30"), "Hãy ghi điểm bằng số"),
        (("12,55", "30"), "chỉ lẻ đến một chữ số"),
        (("50", ""), "còn thiếu điểm: Hiệu quả"),
        (("-1", "30"), "Hãy ghi điểm bằng số"),
        (("١٢", "30"), "Hãy ghi điểm bằng số"),
    ],
)
def test_a_refused_sheet_says_why_and_keeps_what_was_typed(scene, given, says):
    plan, (entry,), (member, _) = scene

    answer = signed_in(member.user).post(
        sheet_page(entry, member), typed(plan, *given, hand_in="1", comment="Giữ lại.")
    )

    assert answer.status_code == 422
    text = answer.content.decode()
    assert says in text
    assert f'value="{given[0]}"' in text
    assert "Giữ lại." in text
    assert not ScoreSheet.objects.exists()


def test_the_second_of_two_tabs_is_told_and_saves_with_the_next_press(scene):
    plan, (entry,), (member, _) = scene
    client = signed_in(member.user)
    client.post(sheet_page(entry, member), typed(plan, "50", "30"))

    answer = client.post(sheet_page(entry, member), typed(plan, "40", "35"))

    assert answer.status_code == 422
    assert "vừa được lưu ở nơi khác" in answer.content.decode()
    assert answer.context["form"]["version"].value() == "1"
    client.post(sheet_page(entry, member), typed(plan, "40", "35", version=1, hand_in="1"))
    assert ScoreSheet.objects.get().total == 75


def test_what_is_handed_in_is_corrected_with_a_reason(scene):
    plan, (entry,), (member, _) = scene
    sheet = give(entry, member, 50, 30)
    client = signed_in(member.user)

    refused = client.post(sheet_page(entry, member), typed(plan, "60", "40", version=sheet.version, reason=""))
    assert refused.status_code == 422
    assert "Hãy ghi lý do" in refused.content.decode()
    client.post(sheet_page(entry, member), typed(plan, "60", "40", version=sheet.version, reason="Cộng nhầm."))

    assert ScoreSheet.objects.get().total == 100
    assert "Cộng nhầm. (tổng điểm 80 → 100)" in shown(client, sheet_page(entry, member))


def test_others_points_are_on_no_page_until_the_own_are_in(scene):
    plan, (entry,), (member, other) = scene
    sheet = give(entry, other, 59.7, 31.4, comment="Chữ của người khác.")
    addresses = [
        page("scoring_change", plan),
        page("standings", plan),
        sheet_page(entry, member),
        page("scoring_history", plan),
        page("selection_history", plan),
        page("selection_change", plan),
        reverse("admin:index"),
    ]
    secrets = ["91,1", "91.1", "59,7", "Chữ của người khác"]
    client = signed_in(member.user)

    for address in addresses:
        assert not [secret for secret in secrets if secret in shown(client, address)], address
    assert client.get(sheet_page(entry, other)).status_code == 404
    for kind in ("pdf", "docx"):
        assert client.get(page("score_papers", plan, other.pk, "da-cham", kind)).status_code == 302

    give(entry, member, 50, 30)
    assert "91,1" in shown(client, sheet_page(entry, member))
    assert "91,1" in shown(client, page("standings", plan))
    assert client.get(sheet_page(entry, other)).status_code == 200
    assert sheet.total == Decimal("91.1")


def test_the_own_sheet_is_nobodys_else_to_write(scene):
    plan, (entry,), (member, other) = scene
    for each in (member, other):
        give(entry, each, 50, 30)

    answer = signed_in(other.user).post(sheet_page(entry, member), typed(plan, "1", "1", version=1, reason="Bịa."))

    assert answer.status_code == 403
    assert ScoreSheet.objects.get(member=member).total == 80


def test_who_keeps_order_types_a_paper_in_and_a_plain_member_does_not(scene):
    plan, (entry,), (member, _) = scene
    on_paper, secretary = make_member(plan), make_seat(plan, Duty.SECRETARY)
    for each in (member, secretary):
        give(entry, each, 50, 30)

    assert signed_in(member.user).get(sheet_page(entry, on_paper)).status_code == 404
    client = signed_in(secretary.user)
    assert "Nhập từ phiếu giấy" in shown(client, sheet_page(entry, on_paper))
    client.post(sheet_page(entry, on_paper), typed(plan, "40", "30", hand_in="1"))

    sheet = ScoreSheet.objects.get(member=on_paper)
    assert (sheet.is_from_paper, sheet.entered_by, sheet.total) == (True, secretary.user, 70)


def test_stepping_aside_wants_a_reason_and_ends_marking(scene):
    _, (entry,), (member, _) = scene
    client = signed_in(member.user)
    assert client.post(sheet_page(entry, member, "awards_recuse"), {"reason": " "}).status_code == 422

    client.post(sheet_page(entry, member, "awards_recuse"), {"reason": "Quen tác giả."})

    assert Recusal.objects.get().reason == "Quen tác giả."
    assert client.get(sheet_page(entry, member)).context["form"] is None


def test_the_progress_is_for_who_keeps_order(scene):
    plan, (entry,), (member, _) = scene
    secretary = make_seat(plan, Duty.SECRETARY)
    give(entry, member, 50, 30)

    assert "Còn chờ chấm: 1/1" in shown(signed_in(secretary.user), page("scoring_change", plan))
    assert "Còn chờ chấm" not in shown(signed_in(member.user), page("scoring_change", plan))
    assert signed_in(member.user).post(page("close_marking", plan), {"aware": "on"}).status_code == 403


def test_marking_is_closed_by_who_says_to_know(scene):
    plan, (entry,), (member, _) = scene
    give(entry, member, 50, 30)
    client = signed_in(make_board(plan.union))

    assert client.post(page("close_marking", plan)).status_code == 422
    assert client.post(page("close_marking", plan), {"aware": "on"}).status_code == 302
    assert rules_of(plan).closed_at


def test_the_standings_have_ranks_when_all_may_be_seen():
    plan, entries, members = make_scene(entries=2)
    third = make_seat(plan)
    for entry, number in zip(entries, (50, 40), strict=True):
        for member in members:
            give(entry, member, number, 30)
    give(entries[0], third, 50, 30)

    partly = signed_in(third.user).get(page("standings", plan))
    assert partly.context["seen"].hidden == 1
    assert {s.rank for s in partly.context["seen"].standings} == {None}
    close(plan, by=make_user())
    wholly = signed_in(third.user).get(page("standings", plan)).context["seen"]

    assert [(s.entry, s.rank) for s in wholly.standings] == [(entries[0], 1), (entries[1], 2)]


def test_national_staff_and_others_find_no_sheet(scene):
    plan, (entry,), (member, other) = scene
    for each in (member, other):
        give(entry, each, 50, 30)

    for user in (make_national_user(), make_board(make_plan().union)):
        client = signed_in(user)
        assert client.get(sheet_page(entry, member)).status_code == 404
        assert client.post(sheet_page(entry, member), typed(plan, "1", "1")).status_code == 404
        assert client.post(sheet_page(entry, member, "awards_recuse"), {"reason": "x"}).status_code == 404
    staff = signed_in(make_staff(entry.dossier.union))
    assert staff.get(sheet_page(entry, member), follow=True).status_code == 403


@pytest.mark.parametrize("which", ["trang", "da-cham"])
@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
def test_papers_are_handed_out_for_all_entries_of_a_member(which, kind, begins):
    plan, entries, (member, _) = make_scene(entries=3)
    give(entries[0], member, 50, 30)

    answer = signed_in(member.user).get(page("score_papers", plan, member.pk, which, kind))

    assert answer.content.startswith(begins)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("which", "kind"), [("khac", "pdf"), ("trang", "exe")])
def test_no_other_paper_is_handed_out(scene, which, kind):
    plan, _, (member, _) = scene

    assert signed_in(member.user).get(page("score_papers", plan, member.pk, which, kind)).status_code == 404


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("scoring_change", 25), ("standings", 14)])
def test_a_page_costs_as_much_for_many_as_for_one(number, name, queries, django_assert_num_queries):
    plan, entries, members = make_scene(entries=number, seats=number + 1)
    for entry in entries:
        for member in members[:-1]:
            give(entry, member, 50, 30)
    draft_of(entries[0], members[-1], 10, None)
    client = signed_in(make_seat(plan, Duty.CHAIR).user)

    with django_assert_num_queries(queries):
        client.get(page(name, plan))
