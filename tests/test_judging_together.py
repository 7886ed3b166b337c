"""R13 for several dossiers at once: judged valid as they were seen; the rest is named with what hinders it."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Level
from awards import findings
from awards.findings import find, judge_valid
from awards.judging_together import JUDGED_TOGETHER, judge_together, look_at
from awards.models import Condition, Finding
from awards.publishing import publish
from awards.selection import choose
from dossiers.filing import file_dossier
from dossiers.models import Dossier
from dossiers.taking_back import take_back
from tests.boards import hold, signed_in
from tests.factories import (
    IN_TIME,
    make_board,
    make_filed,
    make_national_user,
    make_plan,
    make_union,
    make_user,
    make_valid,
)

PAGE = "admin:awards_judge_together"


def filed(plan):
    return make_filed(make_union(Level.UPPER, plan.union), plan)


@pytest.fixture
def plan(db):
    return make_plan()


@pytest.fixture
def member(plan):
    return make_board(plan.union)


def seen(*dossiers):
    return {dossier.pk: dossier.last_filing.number for dossier in dossiers}


def judge(by, *dossiers, reason="Đã xem sổ tiếp nhận đơn."):
    return {look.dossier.pk: look.hindrance for look in judge_together(seen(*dossiers), reason, by=by)}


def states():
    return dict(Dossier.objects.values_list("pk", "state"))


def file_again(dossier):
    take_back(dossier, by=make_user(), arrived_at=IN_TIME, seen=1)
    dossier.refresh_from_db()
    file_dossier(dossier, by=make_user(), arrived_at=IN_TIME)


def test_what_nothing_hinders_is_valid_with_both_findings_and_one_reason(plan, member):
    dossiers = [filed(plan) for _ in range(2)]

    assert judge(member, *dossiers) == dict.fromkeys(seen(*dossiers), "")

    assert set(states().values()) == {"VALID"}
    for dossier in dossiers:
        stand = findings.stand_of(dossier.last_filing)
        assert [found.holds for found in stand] == [True] * 4
        assert {found.reason for found in stand[2:]} == {"Đã xem sổ tiếp nhận đơn."}


def test_what_somebody_found_already_stays_as_it_was_found(plan, member):
    dossier = filed(plan)
    find(dossier, Condition.NO_DISPUTE, True, "Đã hỏi từng tác giả.", by=make_user())
    judge(member, dossier)

    assert findings.stand_of(dossier.last_filing)[3].reason == "Đã hỏi từng tác giả."
    assert Finding.objects.filter(condition=Condition.NO_DISPUTE).count() == 1


def not_found(plan):
    dossier = filed(plan)
    find(dossier, Condition.NO_COMPLAINT, False, "Có đơn.", by=make_user())
    return dossier


def complained_of(plan):
    dossier = filed(plan)
    hold(dossier.entries.get())
    return dossier


def taken_back(plan):
    dossier = filed(plan)
    return take_back(dossier, by=make_user(), arrived_at=IN_TIME, seen=1)


HINDERED = {
    "found not to hold": (not_found, "Không đạt: không có khiếu nại"),
    "complained of": (complained_of, "đang bị giữ lại vì có đơn"),
    "judged": (lambda plan: make_valid(make_union(Level.UPPER, plan.union), plan), "đã được kết luận: hợp lệ"),
    "taken back": (taken_back, "Hồ sơ đang ở đơn vị"),
}


@pytest.mark.parametrize("name", HINDERED)
def test_what_is_hindered_is_named_and_stays_as_it_was_beside_what_is_not(name, plan, member):
    make, words = HINDERED[name]
    hindered, fine = make(plan), filed(plan)
    before = states()[hindered.pk]
    told = judge(member, hindered, fine)

    assert words in told[hindered.pk]
    assert told[fine.pk] == ""
    assert states() == {hindered.pk: before, fine.pk: "VALID"}


def test_an_incomplete_dossier_is_hindered(plan, member, monkeypatch):
    dossier = filed(plan)
    monkeypatch.setattr(findings, "COLUMNS", [*findings.COLUMNS, None])

    assert "Không đạt: đủ văn bản" in judge(member, dossier)[dossier.pk]
    assert states()[dossier.pk] == "FILED"


def test_a_dossier_filed_again_since_is_not_judged(plan, member):
    dossier = filed(plan)
    shown = seen(dossier)
    file_again(dossier)

    (look,) = judge_together(shown, "Đủ.", by=member)

    assert "vừa nộp lại hồ sơ" in look.hindrance
    assert states()[dossier.pk] == "FILED"
    assert not Finding.objects.exists()


def test_a_published_plan_has_nothing_to_judge(plan, member):
    late, other = filed(plan), filed(plan)
    judge(member, other)
    choose(plan, other.entries.get(), "PROVINCE", by=member)
    publish(plan, "71/QĐ", IN_TIME.date(), by=member)

    assert "đã công bố" in judge(member, late)[late.pk]
    assert states()[late.pk] == "FILED"


@pytest.mark.parametrize(("reason", "code"), [(" ", "reason_missing"), ("x" * 1001, "reason_too_long")])
def test_a_reason_is_wanted(reason, code, plan, member):
    dossier = filed(plan)
    with pytest.raises(ValidationError) as refusal:
        judge(member, dossier, reason=reason)

    assert refusal.value.code == code
    assert states()[dossier.pk] == "FILED"


@pytest.mark.parametrize("more", [0, 1])
def test_no_more_than_a_page_of_the_list_is_judged_together(more, plan, member):
    keys = range(1, JUDGED_TOGETHER + more + 1)
    if not more:
        assert look_at(keys, by=member) == []
        return
    with pytest.raises(ValidationError) as refusal:
        look_at(keys, by=member)
    assert refusal.value.code == "too_many"


def test_dossiers_of_another_board_are_left_alone(plan):
    dossier, stranger = filed(plan), make_board(make_plan().union)

    assert judge(stranger, dossier) == {}
    assert states()[dossier.pk] == "FILED"


# --- The page ------------------------------------------------------------------------------


def page(*dossiers):
    return f"{reverse(PAGE)}?{'&'.join(f'chon={dossier.pk}' for dossier in dossiers)}"


def send(client, chosen, shown, reason="Đủ.", number=1):
    values = {"chosen": [f"{each.pk}-{number}" for each in chosen], "shown": [each.pk for each in shown]}
    return client.post(reverse(PAGE), values | {"reason": reason}, follow=True)


def test_the_list_leads_the_chosen_to_a_page_that_shows_how_each_stands(plan, member):
    fine, hindered = filed(plan), complained_of(plan)
    values = {"action": "judge_together", "_selected_action": [fine.pk, hindered.pk]}
    answer = signed_in(member).post(reverse("admin:awards_fileddossier_changelist"), values, follow=True)
    text = answer.content.decode()

    assert fine.union.name in text
    assert hindered.union.name in text
    assert text.count('name="chosen"') == 1
    assert "đang bị giữ lại vì có đơn" in text
    assert set(states().values()) == {"FILED"}


def test_one_act_judges_the_ticked_and_names_the_rest(plan, member):
    fine, untouched, late = (filed(plan) for _ in range(3))
    hold(late.entries.get())
    answer = send(signed_in(member), [fine, late], [fine, untouched, late]).content.decode()

    assert "Đã kết luận hợp lệ 1 hồ sơ." in answer
    assert f"Chưa kết luận hồ sơ của {late.union}: Có sáng kiến" in answer
    assert "đang bị giữ lại vì có đơn" in answer
    assert states() == {fine.pk: "VALID", untouched.pk: "FILED", late.pk: "FILED"}


def test_a_refusal_keeps_what_was_ticked_and_typed(plan, member):
    ticked, unticked = filed(plan), filed(plan)
    answer = send(signed_in(member), [ticked], [ticked, unticked], reason="")
    text = answer.content.decode()

    assert answer.status_code == 422
    assert "Hãy ghi lý do hoặc căn cứ." in text
    assert text.count(" checked") == 1
    assert f'value="{ticked.pk}-1" aria-label="{ticked}" checked' in text


def test_nothing_ticked_is_told_with_the_reason_kept(plan, member):
    dossier = filed(plan)
    answer = send(signed_in(member), [], [dossier], reason="Đã xem sổ.")

    assert answer.status_code == 422
    assert "Hãy đánh dấu vào ô" in answer.content.decode()
    assert "Đã xem sổ." in answer.content.decode()


def test_nobody_else_gets_in(plan):
    dossier = filed(plan)
    for person in (make_board(make_plan().union), make_national_user()):
        client = signed_in(person)
        assert client.get(page(dossier)).status_code == 404
        assert send(client, [dossier], [dossier]).status_code == 404
    assert states()[dossier.pk] == "FILED"


def test_who_only_looks_on_is_offered_nothing_to_choose(plan):
    filed(plan)
    address = reverse("admin:awards_fileddossier_changelist")

    assert "_selected_action" not in signed_in(make_national_user()).get(address).content.decode()
    admin = make_user(is_superuser=True, is_staff=True)
    assert "delete_selected" not in signed_in(admin).get(address).content.decode()


def test_the_page_asks_as_often_for_three_dossiers_as_for_one(plan, member):
    client, dossiers = signed_in(member), [filed(plan) for _ in range(3)]
    counts = []
    for number in (1, 1, 3):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page(*dossiers[:number])).status_code == 200
        counts.append(len(queries))

    assert counts[1] == counts[2]


def test_one_that_is_judged_alone_meanwhile_is_named(plan, member):
    dossier = filed(plan)
    shown = seen(dossier)
    for condition in (Condition.NO_COMPLAINT, Condition.NO_DISPUTE):
        find(dossier, condition, True, "Đủ.", by=member)
    judge_valid(dossier, "Đủ.", by=member, seen=1)

    (look,) = judge_together(shown, "Đủ.", by=member)
    assert "đã được kết luận" in look.hindrance
