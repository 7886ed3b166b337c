"""Objections and lists at the same moment as something else, each lock with its negative control (R7, R13)."""

import uuid
from functools import partial

import pytest

from awards import complaints, objecting, selection, shortlisting
from awards.candidates import eligible
from awards.complaints import conclude, take_up
from awards.findings import return_for_correction
from awards.models import Award, Complaint, Kind, Objection, Shortlist
from awards.publishing import publish
from awards.selection import choose
from awards.shortlisting import draft_of, publish_shortlist
from config import clock
from dossiers.models import Dossier
from initiatives.models import Initiative
from outbox.models import Message
from record.models import Event
from record.verifying import broken_links
from tests.factories import make_complaint, make_user, make_valid
from tests.lists import make_listed, send_objection
from tests.racing import at_once, slowly, while_open, without_backstop

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

MANY = 16
EVENTS = (Event, ["subject_kind", "subject_id", "number"])


def sends(number):
    shortlist, entries = make_listed()
    once = partial(send_objection, shortlist, entries[0], submission_id=uuid.uuid4())
    return [once] * number


def test_sixteen_sends_of_one_objection_are_one_complaint():
    assert at_once(*sends(MANY)) == [None] * MANY

    assert (Objection.objects.count(), Complaint.objects.count()) == (1, 1)
    assert Message.objects.filter(kind="complaint_received").count() == 1
    assert not list(broken_links())


def test_control_without_the_unique_number_one_objection_is_many():
    calls = sends(4)
    with without_backstop((Objection, ["submission_id"])):
        at_once(*calls)
        assert Objection.objects.count() > 1


# An objection arrives while the entry is being chosen


def race_for_an_entry():
    shortlist, entries = make_listed()
    choosing = partial(choose, shortlist.plan, entries[0], Kind.PROVINCE, by=make_user())
    return shortlist.plan, entries[0], choosing, partial(send_objection, shortlist, entries[0])


def test_an_entry_is_chosen_before_an_objection_or_not_at_all():
    plan, entry, choosing, objecting_to = race_for_an_entry()

    assert while_open(objecting_to, choosing) == [None, "not_eligible"]

    assert not Award.objects.exists()
    assert not eligible(plan).filter(pk=entry.pk).exists()


def test_control_without_the_lock_a_held_entry_is_chosen(monkeypatch):
    _, _, choosing, objecting_to = race_for_an_entry()
    monkeypatch.setattr(selection, "locked_initiative", lambda initiative: initiative)
    with without_backstop(EVENTS):
        assert while_open(objecting_to, choosing) == [None, None]
        assert Award.objects.exists()


# A list is published while a dossier on it is returned


def race_for_a_list():
    dossier = make_valid(entries=2)
    make_valid(plan=dossier.plan)
    seen = draft_of(dossier.plan, 15).mark
    returning = partial(return_for_correction, dossier, "Thiếu trang 2.", by=make_user())
    return dossier, returning, partial(publish_shortlist, dossier.plan, 15, by=make_user(), seen=seen)


def test_a_list_is_not_published_with_a_dossier_that_is_being_returned():
    _, returning, publishing = race_for_a_list()

    assert while_open(returning, publishing) == [None, "list_changed"]

    assert not Shortlist.objects.exists()


def test_control_without_the_lock_a_returned_dossier_is_on_the_list(monkeypatch):
    dossier, returning, publishing = race_for_a_list()
    monkeypatch.setattr(shortlisting, "lock_listed", lambda plan, former: None)
    with without_backstop(EVENTS):
        assert while_open(returning, publishing) == [None, None]
        dossier.refresh_from_db()
        listed = {row["entry"] for row in Shortlist.objects.get().entries}
        assert dossier.state == "RETURNED"
        assert listed >= set(dossier.entries.values_list("pk", flat=True))


def test_a_list_that_is_published_holds_what_it_says_while_a_return_waits():
    dossier, returning, publishing = race_for_a_list()

    assert while_open(publishing, returning) == [None, None]

    assert Shortlist.objects.get().entries
    assert Dossier.objects.get(pk=dossier.pk).state == "RETURNED"


def test_two_confirmations_of_one_preview_publish_one_list():
    plan = make_valid().plan
    publishing = partial(publish_shortlist, plan, 15, by=make_user(), seen=draft_of(plan, 15).mark)

    assert sorted(at_once(publishing, publishing), key=str) == [None, "list_changed"]

    assert Shortlist.objects.count() == 1


def test_control_without_the_plans_lock_two_lists_would_be_first(monkeypatch):
    plan = make_valid().plan
    publishing = partial(publish_shortlist, plan, 15, by=make_user(), seen=draft_of(plan, 15).mark)
    monkeypatch.setattr(shortlisting, "lock_plan", lambda plan: plan)
    monkeypatch.setattr(shortlisting, "lock_listed", lambda plan, former: None)
    monkeypatch.setattr(shortlisting, "draft_of", slowly(draft_of))
    with without_backstop((Shortlist, ["plan_id", "version"]), EVENTS):
        at_once(publishing, publishing)
        assert Shortlist.objects.filter(version=1).count() == 2


# A complaint is concluded twice, or taken up while it is put aside


def test_a_complaint_is_concluded_once_by_two_people():
    complaint = make_complaint(make_valid().entries.get().initiative)
    ends = [partial(conclude, complaint, state, "Vì thế.", by=make_user()) for state in ("DISMISSED", "UPHELD")]

    assert sorted(at_once(*ends), key=str) == [None, "already_concluded"]


def test_two_complaints_taken_up_at_once_are_told_once():
    initiative = make_valid().entries.get().initiative
    Initiative.objects.filter(pk=initiative.pk).update(email="tac.gia@example.vn")
    both = [partial(take_up, make_complaint(initiative), by=make_user()) for _ in range(2)]

    assert at_once(*both) == [None, None]

    assert Message.objects.filter(kind="considered").count() == 1


def unlocked(complaint):
    """What `locked_open` returns, without its locks."""
    fresh = Complaint.objects.select_related("initiative__campaign").get(pk=complaint.pk)
    return fresh.initiative, fresh


def test_control_without_the_locks_a_complaint_is_concluded_twice_and_told_twice(monkeypatch):
    initiative = make_valid().entries.get().initiative
    Initiative.objects.filter(pk=initiative.pk).update(email="tac.gia@example.vn")
    both = [partial(take_up, make_complaint(initiative), by=make_user()) for _ in range(2)]
    monkeypatch.setattr(complaints, "locked_open", slowly(unlocked))
    monkeypatch.setattr(complaints, "tell_considered", apart(complaints.tell_considered))
    with without_backstop(EVENTS, (Message, ["kind", "about", "recipient"])):
        at_once(*both)
        assert Message.objects.filter(kind="considered").count() == 2


def apart(call):
    """Return the call held up at its end, so that the other one has looked before this one is stored."""
    return slowly(call, pause=0.4)


def test_a_decision_published_meanwhile_refuses_the_objection():
    shortlist, entries = make_listed()
    choose(shortlist.plan, entries[0], Kind.PROVINCE, by=make_user())
    publishing = partial(publish, shortlist.plan, "12/QĐ", clock.today(), by=make_user())

    assert while_open(publishing, partial(send_objection, shortlist, entries[0])) == [None, "decided"]

    assert not Complaint.objects.exists()


def test_control_without_the_lock_an_objection_slips_in_behind_a_decision(monkeypatch):
    shortlist, entries = make_listed()
    choose(shortlist.plan, entries[0], Kind.PROVINCE, by=make_user())
    publishing = partial(publish, shortlist.plan, "12/QĐ", clock.today(), by=make_user())
    unlocked = partial(Initiative.objects.select_related("campaign").get, pk=entries[0].initiative_id)
    for module in (objecting, complaints):
        monkeypatch.setattr(module, "locked_initiative", lambda initiative: unlocked())
    with without_backstop(EVENTS):
        assert while_open(publishing, partial(send_objection, shortlist, entries[0])) == [None, None]
        assert Complaint.objects.exists()
