"""Letters about decisions: one for each person, read before it goes, never contradictory (R17)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from awards.amending import grant, revoke
from awards.limits import DECIDED_WAITS
from awards.models import Kind
from awards.outcome_letters import hold_back, of_plan, send_now, unsent, write_anew, written
from awards.publishing import publish
from awards.selection import choose
from config import clock
from initiatives.changing import withdraw
from initiatives.timeline import timeline_of
from outbox.models import Message
from outbox.sending import send_due
from record.models import Event
from tests.factories import IN_TIME, make_filed, make_plan, make_user, make_valid
from tests.published import LATER, NUMBER, make_decided

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def emails(entries, *addresses):
    for entry, address in zip(entries, addresses, strict=False):
        entry.initiative.email = address
        entry.initiative.save(update_fields=["email"])


@pytest.fixture
def plan():
    return make_plan()


@pytest.fixture
def entries(plan):
    found = list(make_valid(plan=plan, entries=3).entries.order_by("rank").select_related("initiative"))
    emails(found, "a@example.vn", "b@example.vn", "")
    choose(plan, found[0], Kind.PROVINCE, by=make_user())
    return found


def decide(plan):
    return publish(plan, NUMBER, clock.today(), by=make_user())


def letters():
    return {message.recipient: message for message in Message.objects.filter(kind="decided")}


def test_each_author_with_an_address_is_told_once_what_became_of_it(plan, entries):
    decide(plan)

    found = letters()
    assert set(found) == {"a@example.vn", "b@example.vn"}
    assert "được khen thưởng." in found["a@example.vn"].body
    assert "lần này chưa được chọn" in found["b@example.vn"].body
    assert "12/QĐ-LĐLĐ ngày 01/04/2021" in found["b@example.vn"].body


def test_a_nominated_author_reads_both_in_one_sentence(plan, entries):
    choose(plan, entries[0], Kind.NATIONAL, by=make_user())
    decide(plan)

    assert "được khen thưởng và được đề nghị Tổng Liên đoàn biểu dương." in letters()["a@example.vn"].body


def test_one_person_gets_one_letter_however_many_parts_they_have(plan, entries):
    emails(entries, "A@example.vn", "a@example.vn", "a@EXAMPLE.vn")
    make_user(entries[0].dossier.union, Role.STAFF, email="a@example.vn")
    decide(plan)

    [letter] = letters().values()
    assert all(entry.initiative.shown_code in letter.body for entry in entries)
    assert f"Hồ sơ của {entries[0].dossier.union}" in letter.body


def test_the_union_is_told_what_became_of_its_dossier(plan, entries):
    make_user(entries[0].dossier.union, Role.STAFF, email="huyen@example.vn")
    decide(plan)

    body = letters()["huyen@example.vn"].body
    assert "Chào bạn" not in body
    assert all(entry.title in body for entry in entries)


def test_what_was_not_considered_is_told_to_nobody(plan, entries):
    other = make_filed(plan=plan)
    make_user(other.union, Role.STAFF, email="khac@example.vn")
    decide(plan)

    assert "khac@example.vn" not in letters()


def test_the_letters_shown_before_are_those_that_are_sent(plan, entries):
    shown = written(plan, {"decision_number": NUMBER, "decision_date": clock.today()})
    decide(plan)

    assert [(one.recipient, one.subject, one.body) for one in shown] == [
        (message.recipient, message.subject, message.body) for message in of_plan(plan)
    ]


def test_no_letter_holds_a_private_link_or_a_phone(plan, entries):
    decide(plan)

    for entry in entries:
        for message in letters().values():
            assert entry.initiative.secret not in message.body
            assert entry.initiative.phone not in message.body


def test_letters_wait_before_they_go(plan, entries):
    decide(plan)

    send_due()
    assert unsent(plan).count() == 2
    due = min(message.next_try_at for message in of_plan(plan))
    assert abs((due - timezone.now() - DECIDED_WAITS).total_seconds()) < 60


def test_letters_that_wait_may_be_sent_at_once(plan, entries):
    decide(plan)

    assert send_now(plan, by=make_user()) == 2
    send_due()
    assert [message.sent_at is not None for message in of_plan(plan)] == [True, True]


def test_letters_held_back_are_written_anew_for_those_who_got_none(plan, entries):
    publication = decide(plan)
    send_now(plan, by=make_user())
    first = of_plan(plan).first()
    Message.objects.filter(pk=first.pk).update(sent_at=timezone.now())

    assert hold_back(plan, by=make_user()) == 1
    assert write_anew(plan, publication, by=make_user()) == 1
    assert of_plan(plan).count() == 2
    deeds = Event.objects.of(plan).values_list("deed", flat=True)
    assert list(deeds)[-3:] == ["letters_sent", "letters_held", "letters_written"]


def test_nothing_to_hold_back_is_nothing_on_record(plan, entries):
    decide(plan)
    of_plan(plan).update(sent_at=timezone.now())

    assert hold_back(plan, by=make_user()) == send_now(plan, by=make_user()) == 0
    assert Event.objects.of(plan).last().deed == "published"


def test_an_amendment_changes_the_letter_that_still_waits_and_writes_no_second_one(plan, entries):
    decide(plan)
    revoke(plan, entries[0], Kind.PROVINCE, *LATER, by=make_user())

    assert of_plan(plan).count() == 2
    assert "lần này chưa được chọn" in letters()["a@example.vn"].body
    assert "được khen thưởng." not in letters()["a@example.vn"].body


def test_an_amendment_after_the_letter_went_is_told_in_one_of_its_own_to_whom_it_concerns(plan, entries):
    decide(plan)
    of_plan(plan).update(sent_at=timezone.now())
    revoke(plan, entries[0], Kind.PROVINCE, *LATER, by=make_user())

    [letter] = unsent(plan)
    assert (letter.recipient, letter.kind) == ("a@example.vn", "decision_amended")
    assert "Thu hồi: Khen thưởng cấp tỉnh, ngành" in letter.body
    assert "Chép của người khác." in letter.body


def test_an_amendment_is_not_told_to_whom_nothing_was_told_before(plan, entries):
    publication = decide(plan)
    hold_back(plan, by=make_user())
    revoke(plan, entries[0], Kind.PROVINCE, *LATER, by=make_user())
    assert not of_plan(plan).exists()

    write_anew(plan, publication, by=make_user())

    assert [message.kind for message in of_plan(plan)] == ["decided", "decided"]
    assert "lần này chưa được chọn" in letters()["a@example.vn"].body


def test_whoever_read_the_first_letter_learns_of_the_amendment_though_others_are_held_back(plan, entries):
    decide(plan)
    of_plan(plan).filter(recipient="a@example.vn").update(sent_at=timezone.now())
    hold_back(plan, by=make_user())
    revoke(plan, entries[0], Kind.PROVINCE, *LATER, by=make_user())

    assert hold_back(plan, by=make_user()) == 0
    assert unsent(plan).get().recipient == "a@example.vn"


def test_who_withdrew_is_not_told_to_have_been_passed_over(plan, entries):
    make_user(entries[0].dossier.union, Role.STAFF, email="huyen@example.vn")
    withdraw(entries[1].initiative, arrived_at=IN_TIME)
    decide(plan)

    assert "b@example.vn" not in letters()
    assert f"({entries[1].initiative.shown_code}): tác giả đã rút, không xét." in letters()["huyen@example.vn"].body
    assert timeline_of(entries[1].initiative)[-1].words == "Bạn đã rút sáng kiến"


def test_the_letters_of_one_plan_are_not_those_of_another():
    first, second = make_decided()[0].plan, make_decided()[0].plan
    second_letters = of_plan(second).count()

    hold_back(first, by=make_user())

    assert of_plan(second).count() == second_letters


def test_letters_ask_as_often_for_three_dossiers_as_for_one(plan, entries):

    def asked():
        with CaptureQueriesContext(connection) as counted:
            written(plan, {"decision_number": NUMBER, "decision_date": clock.today()})
        return len(counted)

    at_one = asked()
    make_valid(plan=plan, entries=2)
    make_valid(plan=plan, entries=2)

    assert asked() == at_one


def fail_once(letters):
    """The mail server was away when these were tried."""
    letters.update(tries=1, next_try_at=timezone.now() + timedelta(hours=6))


def test_a_letter_that_failed_says_after_an_amendment_what_holds_now(plan, entries):
    decide(plan)
    fail_once(of_plan(plan))

    revoke(plan, entries[0], Kind.PROVINCE, *LATER, by=make_user())

    assert "được khen thưởng." not in letters()["a@example.vn"].body
    assert "lần này chưa được chọn" in letters()["a@example.vn"].body
    assert of_plan(plan).filter(kind="decision_amended").get().recipient == "a@example.vn"


def test_two_amendments_that_wait_are_one_letter_in_their_order(plan, entries):
    decide(plan)
    of_plan(plan).update(sent_at=timezone.now())
    revoke(plan, entries[0], Kind.PROVINCE, *LATER, by=make_user())
    fail_once(unsent(plan))
    grant(plan, entries[0], Kind.PROVINCE, *LATER, by=make_user())

    body = of_plan(plan).get(kind="decision_amended").body
    assert 0 <= body.index("Thu hồi: Khen thưởng") < body.index("Bổ sung: Khen thưởng")


def test_letters_written_anew_know_an_address_however_it_is_spelled(plan, entries):
    emails(entries, "A@example.vn", "a@example.vn")
    publication = decide(plan)
    of_plan(plan).update(sent_at=timezone.now())
    emails(entries, "")

    assert write_anew(plan, publication, by=make_user()) == 0
