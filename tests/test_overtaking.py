"""What one person does is not overtaken by what another does in the same moment (R8, R13, R14, R17)."""

import time
from functools import partial

import pytest
from django.core import mail

from awards.complaints import receive
from awards.findings import judge_invalid
from awards.models import Award, Complaint, ComplaintKind, Kind
from awards.publishing import publish
from awards.selection import choose
from config import clock
from dossiers.checklist import missing
from dossiers.filing import file_dossier
from dossiers.models import Dossier, Plan
from dossiers.quota import put_forward
from initiatives.changing import correct, withdraw
from initiatives.models import Initiative
from initiatives.screening import accept
from outbox.models import Message
from outbox.posting import post
from outbox.sending import send_due
from record.verifying import broken_links
from tests.factories import (
    IN_TIME,
    answers,
    make_complaint,
    make_complete,
    make_dossier,
    make_initiative,
    make_ready,
    make_user,
    make_valid,
)
from tests.racing import at_once, lock_held, outcome_of, while_open
from tests.refusals import refused

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def record_holds():
    return not list(broken_links())


def addition_to(dossier):
    """Putting another accepted initiative forward."""
    return partial(put_forward, dossier, make_initiative(dossier.union, accepted=True), by=make_user())


# R8


def test_of_two_corrections_of_one_version_one_is_told():
    initiative = make_initiative()
    calls = [
        partial(correct, initiative, answers(initiative.unit, title=title), version=1, arrived_at=IN_TIME)
        for title in ("Một", "Hai")
    ]

    assert sorted(at_once(*calls), key=str) == [None, "stale"]
    assert Initiative.objects.get().version == 2
    assert record_holds()


def test_of_a_correction_and_a_screening_at_once_one_is_told():
    initiative = make_initiative()
    correction = partial(correct, initiative, answers(initiative.unit, title="Mới"), version=1, arrived_at=IN_TIME)

    outcomes = at_once(correction, partial(accept, initiative, by=make_user(), version=1))

    assert sorted(outcomes, key=str) == [None, "stale"]
    initiative.refresh_from_db()
    assert (initiative.title == "Mới") == (initiative.status == "SENT")


def test_a_dossier_filed_twice_at_once_is_filed_once():
    dossier = make_ready()
    call = partial(file_dossier, dossier, by=make_user(), arrived_at=IN_TIME)

    assert sorted(at_once(call, call, call), key=str) == [None, "dossier_closed", "dossier_closed"]
    assert dossier.filings.count() == 1


def test_two_first_filings_at_once_freeze_the_plan_once():
    first, by = make_ready(), make_user()
    second = make_complete(make_dossier(plan=first.plan, entries=1))

    outcomes = at_once(*(partial(file_dossier, dossier, by=by, arrived_at=IN_TIME) for dossier in (first, second)))

    assert outcomes == [None, None]
    assert Plan.objects.get().frozen_at


def test_what_is_being_withdrawn_is_not_put_forward():
    dossier = make_dossier()
    addition = addition_to(dossier)
    withdrawal = partial(withdraw, Initiative.objects.get(), arrived_at=IN_TIME)

    assert while_open(withdrawal, addition) == [None, "not_accepted"]
    assert not dossier.entries.exists()


def test_what_is_being_put_forward_and_then_withdrawn_shows_as_fallen():
    dossier = make_dossier()
    addition = addition_to(dossier)
    withdrawal = partial(withdraw, Initiative.objects.get(), arrived_at=IN_TIME)

    assert while_open(addition, withdrawal) == [None, None]
    assert "entry_fallen" in [lack.code for lack in missing(dossier)]


# R13, R14, R17


def a_complaint(entry):
    values = {"text": "Của tôi.", "complainant": "A", "received_on": clock.today(), "kind": ComplaintKind.AUTHORSHIP}
    return partial(receive, Complaint(initiative=entry.initiative, **values), by=make_user())


def make_chosen():
    dossier = make_valid(entries=2)
    first, second = dossier.entries.standing()
    choose(dossier.plan, first, Kind.PROVINCE, by=make_user())
    return dossier.plan, dossier, first, second


@pytest.mark.parametrize("what", ["complaint", "judgement", "withdrawal"])
def test_what_makes_an_entry_ineligible_is_not_overtaken_by_a_choice(what):
    dossier = make_valid()
    entry = dossier.entries.get()
    first = {
        "complaint": a_complaint(entry),
        "judgement": partial(judge_invalid, dossier, "Thiếu dấu.", by=make_user()),
        "withdrawal": partial(withdraw, entry.initiative, arrived_at=IN_TIME),
    }[what]

    outcomes = while_open(first, partial(choose, dossier.plan, entry, Kind.PROVINCE, by=make_user()))

    assert outcomes == [None, "not_eligible"]
    assert not Award.objects.exists()


def test_a_choice_is_not_overtaken_by_a_judgement_and_a_complaint_after_it_stops_publication():
    plan, dossier, _, second = make_chosen()
    choice = partial(choose, plan, second, Kind.PROVINCE, by=make_user())

    assert while_open(choice, partial(judge_invalid, dossier, "Thiếu.", by=make_user())) == [None, "chosen"]
    make_complaint(second.initiative)
    with refused("held_entry_chosen"):
        publish(plan, "12/QĐ-LĐLĐ", clock.today(), by=make_user())


def test_nothing_is_chosen_while_the_result_is_being_published():
    plan, dossier, _, second = make_chosen()
    publication = partial(publish, plan, "12/QĐ-LĐLĐ", clock.today(), by=make_user())
    choice = partial(choose, plan, second, Kind.PROVINCE, by=make_user())
    judgement = partial(judge_invalid, dossier, "Thiếu.", by=make_user())

    assert while_open(publication, choice, judgement) == [None, "published", "published"]
    assert record_holds()


# A row that somebody holds, two senders of letters


def test_a_lock_that_another_session_holds_is_given_up_within_four_seconds():
    dossier = make_dossier()
    addition = addition_to(dossier)

    with lock_held(Dossier.objects.filter(pk=dossier.pk)):
        started = time.monotonic()
        outcome = outcome_of(addition)
        waited = time.monotonic() - started

    assert outcome == "OperationalError"
    assert 2.5 < waited < 4
    assert outcome_of(addition) is None


def test_two_mail_workers_at_once_send_each_letter_once():
    for number in range(20):
        post("receipt", str(number), "a@example.vn", f"Thư {number}", "Đã nhận.")

    assert at_once(send_due, send_due) == [None, None]

    send_due()
    assert len({message.subject for message in mail.outbox}) == len(mail.outbox) == 20
    assert not Message.objects.waiting().exists()
