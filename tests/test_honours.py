"""The General Confederation marks the honoured among the published nominations, and publishes them once (R17, R20)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.honours import correct, mark, mark_of, publish, unmark, waiting
from awards.models import Award, Honour, HonourDecision, Kind
from dossiers.forgetting import carry_out
from initiatives.forgetting import ask_removal, letters_to_author
from initiatives.timeline import outcomes_of
from outbox.models import Message
from record.models import Event
from record.verifying import broken_contents
from tests.factories import make_board, make_national_user, make_plan, make_user
from tests.honours import make_nominated
from tests.refusals import refused, without_triggers

pytestmark = pytest.mark.django_db

TODAY = date(2021, 4, 1)


def make_marked(**values):
    (award,) = make_nominated(**values)
    campaign = award.plan.campaign
    return campaign, award, mark(campaign, award, by=make_user())


def make_honoured(**values):
    campaign, award, honour = make_marked(**values)
    publish(campaign, "99/QĐ-TLĐ", TODAY, by=make_user())
    return campaign, award, Honour.objects.get(pk=honour.pk)


def results(client, campaign):
    return client.get(reverse("results", args=[campaign.slug])).content.decode()


def test_a_published_nomination_is_marked_once():
    campaign, award, honour = make_marked()

    assert list(Honour.objects.waiting().of(campaign)) == [honour]
    assert Event.objects.of(campaign).last().deed == "honour_marked"
    with refused("already_marked"):
        mark(campaign, award, by=make_user())


def test_what_its_board_has_not_published_is_not_marked():
    (award,) = make_nominated(published=False)

    with refused("not_nominated"):
        mark(award.plan.campaign, award, by=make_user())


def test_an_award_that_is_no_nomination_is_not_marked():
    (nomination,) = make_nominated()
    award = Award.objects.get(entry=nomination.entry, kind=Kind.PROVINCE)

    with refused("not_nominated"):
        mark(award.plan.campaign, award, by=make_user())


def test_a_mark_is_taken_back_and_set_again():
    campaign, award, _ = make_marked()

    unmark(campaign, award, by=make_user())
    assert not Honour.objects.waiting().exists()
    unmark(campaign, award, by=make_user())  # twice changes nothing
    mark(campaign, award, by=make_user())

    deeds = list(Event.objects.of(campaign).values_list("deed", flat=True))
    assert deeds == ["honour_marked", "honour_unmarked", "honour_marked"]


def test_nothing_is_told_outside_before_publication(client):
    campaign, award, _ = make_marked(email="tac.gia@example.vn")

    assert "biểu dương toàn quốc" not in results(client, campaign)
    assert not Event.objects.of(award.entry.initiative).filter(deed="honoured").exists()
    assert not Message.objects.filter(kind="honoured").exists()
    assert not Honour.objects.visible_to(make_board(award.plan.union)).exists()


def test_publication_tells_everybody_at_once(client):
    campaign, award, _ = make_honoured(email="tac.gia@example.vn")

    page = results(client, campaign)
    assert "Quyết định số 99/QĐ-TLĐ ngày 01/04/2021: 1 sáng kiến được biểu dương toàn quốc." in page
    assert award.entry.title in page
    assert outcomes_of(award.entry.initiative)[-1].words == "Được Tổng Liên đoàn biểu dương toàn quốc"
    letter = Message.objects.get(kind="honoured")
    assert letter.recipient == "tac.gia@example.vn"
    assert "Quyết định 99/QĐ-TLĐ ngày 01/04/2021" in letter.body
    assert Honour.objects.visible_to(make_board(award.plan.union)).exists()
    assert not Honour.objects.visible_to(make_board(make_plan().union)).exists()


def test_a_person_with_two_honoured_initiatives_gets_one_letter():
    awards = make_nominated(entries=2, email="tac.gia@example.vn")
    campaign = awards[0].plan.campaign
    for award in awards:
        mark(campaign, award, by=make_user())

    publish(campaign, "99/QĐ", TODAY, by=make_user())

    letter = Message.objects.get(kind="honoured")
    assert all(award.entry.initiative.shown_code in letter.body for award in awards)


@pytest.mark.parametrize(
    ("number", "day", "code"),
    [("", TODAY, "number_missing"), ("9/QĐ", None, "date_missing"), ("9/QĐ", TODAY + timedelta(1), "date_in_future")],
)
def test_a_decision_has_a_number_and_a_day_that_has_come(number, day, code):
    campaign, _, _ = make_marked()

    with refused(code):
        publish(campaign, number, day, by=make_user())


def test_nothing_is_published_twice_or_empty():
    campaign, _, _ = make_honoured()

    with refused("nothing_marked"):
        publish(campaign, "100/QĐ", TODAY, by=make_user())
    (later,) = make_nominated(make_plan(campaign=campaign))
    mark(campaign, later, by=make_user())
    with refused("number_taken"):
        publish(campaign, "99/QĐ-TLĐ", TODAY, by=make_user())
    publish(campaign, "100/QĐ", TODAY, by=make_user())
    assert HonourDecision.objects.count() == 2


def test_a_list_that_changed_since_it_was_shown_is_not_published():
    campaign, award, _ = make_marked()
    seen = mark_of(waiting(campaign))
    (second,) = make_nominated(make_plan(campaign=campaign))
    mark(campaign, second, by=make_user())

    with refused("list_changed"):
        publish(campaign, "99/QĐ", TODAY, by=make_user(), seen=seen)
    assert award.honours.get().decision is None


def test_what_is_public_is_taken_back_by_a_correction_only(client):
    campaign, award, honour = make_honoured()
    with refused("published"):
        unmark(campaign, award, by=make_user())

    correct(honour, "101/TLĐ", TODAY, "Trùng với sáng kiến khác.", by=make_user())

    page = results(client, campaign)
    assert "0 sáng kiến được biểu dương" in page
    assert "Đính chính: theo văn bản số 101/TLĐ ngày 01/04/2021" in page
    last = outcomes_of(award.entry.initiative)[-1]
    assert "đính chính" in last.words
    assert "Trùng với sáng kiến khác." in last.detail
    assert Event.objects.of(campaign).last().deed == "honour_corrected"
    with refused("not_published"):
        correct(honour, "101/TLĐ", TODAY, "Lần nữa.", by=make_user())


@pytest.mark.parametrize(
    ("number", "day", "reason", "code"),
    [
        ("", TODAY, "Vì.", "number_missing"),
        ("1", None, "Vì.", "date_missing"),
        ("1", TODAY + timedelta(1), "Vì.", "date_in_future"),
        ("1", TODAY, " ", "reason_missing"),
        ("1", TODAY, "ệ" * 1001, "reason_too_long"),
    ],
)
def test_a_correction_says_number_day_and_reason(number, day, reason, code):
    _, _, honour = make_honoured()

    with refused(code):
        correct(honour, number, day, reason, by=make_user())
    assert Honour.objects.published().exists()


def test_a_list_of_the_honoured_that_was_changed_past_every_deed_is_named():
    first, second = make_nominated(entries=2)
    campaign = first.plan.campaign
    honour = mark(campaign, first, by=make_user())
    publish(campaign, "99/QĐ", TODAY, by=make_user())
    assert list(broken_contents()) == []

    with without_triggers():
        Honour.objects.filter(pk=honour.pk).update(award=second)

    assert ["list of the honoured" in wrong for _, wrong in broken_contents()] == [True]


def test_national_staff_see_all_honours():
    _, _, honour = make_marked()

    assert list(Honour.objects.visible_to(make_national_user())) == [honour]


def test_a_letter_that_waits_says_no_more_what_was_corrected():
    _, _, honour = make_honoured(email="tac.gia@example.vn")
    other = Message.objects.get(kind="honoured")
    correct(honour, "101/TLĐ", TODAY, "Nhầm.", by=make_user())

    assert not Message.objects.filter(pk=other.pk).exists()


def test_whoever_read_that_letter_is_told_of_the_correction():
    _, award, honour = make_honoured(email="tac.gia@example.vn")
    Message.objects.filter(kind="honoured").update(sent_at=timezone.now())

    correct(honour, "101/TLĐ", TODAY, "Nhầm.", by=make_user())

    letter = Message.objects.get(kind="honour_corrected")
    assert letter.recipient == "tac.gia@example.vn"
    assert award.entry.initiative.shown_code in letter.body
    assert "Văn bản 101/TLĐ ngày 01/04/2021: Nhầm." in letter.body
    assert letter in letters_to_author(award.entry.initiative)


def test_a_letter_that_waits_keeps_what_still_is_honoured():
    first, second = make_nominated(entries=2, email="tac.gia@example.vn")
    campaign = first.plan.campaign
    for award in (first, second):
        mark(campaign, award, by=make_user())
    publish(campaign, "99/QĐ-TLĐ", TODAY, by=make_user())

    correct(Honour.objects.get(award=first), "101/TLĐ", TODAY, "Nhầm.", by=make_user())

    body = Message.objects.get(kind="honoured").body
    assert second.entry.initiative.shown_code in body
    assert first.entry.initiative.shown_code not in body


def test_the_letter_goes_with_a_person_who_asks_to_be_forgotten():
    _, award, _ = make_honoured(email="tac.gia@example.vn")

    carry_out(ask_removal(award.entry.initiative), by=make_user())

    assert not Message.objects.filter(kind="honoured").exists()
