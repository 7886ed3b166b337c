"""Marks, complaints, publication, amendments and honours at the same moment, each lock with its negative control."""

from functools import partial

import pytest

from awards import amending, complaints, honours, marking, publishing, selection
from awards.amending import grant, revoke
from awards.honours import mark, waiting
from awards.marking import correct
from awards.models import Award, Complaint, Honour, Kind, Publication, ScoreSheet
from awards.publishing import publish, without_reason
from awards.selection import choose
from config import clock
from dossiers.models import Plan
from initiatives.models import Campaign, Initiative
from record.models import Event
from record.verifying import broken_links
from tests.factories import make_complaint, make_plan, make_user, make_valid
from tests.honours import make_nominated
from tests.published import LATER, NUMBER
from tests.racing import at_once, slowly, while_open, without_backstop
from tests.scoring import make_marked, points

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

EVENTS = (Event, ["subject_kind", "subject_id", "number"])


def unlocked(row):
    return type(row).objects.get(pk=row.pk)


def unlocked_plan(plan):
    return Plan.objects.get(pk=plan.pk)


def deciding(plan):
    return partial(publish, plan, NUMBER, clock.today(), by=make_user())


# The last free place after publication


def two_grants():
    """A published plan with one place left, which two amendments give."""
    plan = make_plan(award_limit=2, nomination_limit=1)
    first, *others = [make_valid(plan=plan).entries.get() for _ in range(3)]
    choose(plan, first, Kind.PROVINCE, by=make_user())
    deciding(plan)()
    return plan, [partial(grant, plan, entry, Kind.PROVINCE, *LATER, by=make_user()) for entry in others]


def test_two_amendments_cannot_both_give_the_last_place():
    plan, grants = two_grants()

    assert sorted(at_once(*grants), key=str) == [None, "no_place_left"]

    assert Award.objects.standing().filter(plan=plan).count() == 2
    assert plan.publication.amendments.count() == 1
    assert not list(broken_links())


def test_control_without_the_lock_two_amendments_give_the_last_place(monkeypatch):
    plan, grants = two_grants()
    monkeypatch.setattr(amending, "locked", unlocked_plan)
    monkeypatch.setattr(selection, "limit_of", slowly(selection.limit_of))

    with without_backstop((Award, ["plan_id", "kind", "place"]), EVENTS):
        assert at_once(*grants) == [None, None]
        assert Award.objects.standing().filter(plan=plan).count() == 3


# A nomination is taken back while it is honoured


def nomination_and_revocation():
    (award,) = make_nominated()
    campaign, by = award.plan.campaign, make_user()
    return campaign, award, partial(revoke, award.plan, award.entry, Kind.NATIONAL, *LATER, by=by)


def test_what_is_being_taken_back_is_not_marked():
    campaign, award, revoking = nomination_and_revocation()

    assert while_open(revoking, partial(mark, campaign, award, by=make_user())) == [None, "not_nominated"]

    assert not Honour.objects.exists()


def test_a_nomination_is_not_taken_back_while_its_honour_is_published():
    campaign, award, revoking = nomination_and_revocation()
    mark(campaign, award, by=make_user())
    honouring = partial(honours.publish, campaign, "99/QĐ-TLĐ", clock.today(), by=make_user())

    assert while_open(honouring, revoking) == [None, "honoured"]

    assert Award.objects.standing().filter(pk=award.pk).exists()


def test_an_honour_is_not_published_while_its_nomination_is_taken_back():
    campaign, award, revoking = nomination_and_revocation()
    mark(campaign, award, by=make_user())
    honouring = partial(honours.publish, campaign, "99/QĐ-TLĐ", clock.today(), by=make_user())

    assert while_open(revoking, honouring) == [None, "nothing_marked"]

    assert not waiting(campaign).exists()


def test_control_without_the_campaigns_lock_an_honour_stands_on_what_was_taken_back(monkeypatch):
    campaign, award, revoking = nomination_and_revocation()
    monkeypatch.setattr(amending, "locked_campaign", lambda campaign: Campaign.objects.get(pk=campaign.pk))
    monkeypatch.setattr(honours, "locked_campaign", lambda campaign: Campaign.objects.get(pk=campaign.pk))

    with without_backstop(EVENTS):
        assert while_open(revoking, partial(mark, campaign, award, by=make_user())) == [None, None]
        assert Honour.objects.standing().filter(award=award, award__taken_back_at__isnull=False).exists()


# What is complained about is taken back at the same moment


def complaint_and_amendment():
    entry = make_valid().entries.get()
    choose(entry.plan, entry, Kind.PROVINCE, by=make_user())
    deciding(entry.plan)()
    revoking = partial(revoke, entry.plan, entry, Kind.PROVINCE, *LATER, by=make_user())
    return partial(make_complaint, entry.initiative, by=make_user()), revoking


def test_an_amendment_waits_for_a_complaint_to_write_behind_it():
    assert while_open(*complaint_and_amendment()) == [None, None]

    assert not list(broken_links())


def test_control_without_the_lock_both_write_the_same_number(monkeypatch):
    monkeypatch.setattr(amending, "locked_initiative", unlocked)

    assert while_open(*complaint_and_amendment()) == [None, "IntegrityError"]


# Marks are corrected while the line is drawn by them


def correction_and_the_first():
    """Of three for two places the first falls behind the third by a correction."""
    plan, entries = make_marked(95, 90, 85)
    choose(plan, entries[1], Kind.PROVINCE, by=make_user())
    sheets = list(ScoreSheet.objects.filter(entry=entries[0]).select_related("entry", "member"))

    def correcting():
        for sheet in sheets:
            correct(sheet, points(plan, 1, 1), "", "Chấm nhầm.", by=make_user(), version=sheet.version)

    return plan, entries[0], correcting


def test_a_choice_waits_for_the_marks_and_then_wants_its_reason():
    plan, entry, correcting = correction_and_the_first()

    choosing = partial(choose, plan, entry, Kind.PROVINCE, by=make_user())
    assert while_open(correcting, choosing) == [None, "rank_reason_missing"]


def test_control_without_the_plans_lock_a_choice_rests_on_marks_that_are_gone(monkeypatch):
    plan, entry, correcting = correction_and_the_first()
    monkeypatch.setattr(selection, "lock_plan", unlocked_plan)

    with without_backstop(EVENTS):
        choosing = partial(choose, plan, entry, Kind.PROVINCE, by=make_user())
        assert while_open(correcting, choosing) == [None, None]
        assert without_reason(plan, Award.objects.standing().filter(entry=entry))


def test_a_publication_waits_for_the_marks_and_is_refused_without_a_reason():
    plan, entry, correcting = correction_and_the_first()
    choose(plan, entry, Kind.PROVINCE, by=make_user())

    assert while_open(correcting, deciding(plan)) == [None, "reason_missing"]

    assert not Publication.objects.exists()


def test_marks_that_wait_for_the_publication_are_refused():
    plan, entry, correcting = correction_and_the_first()
    choose(plan, entry, Kind.PROVINCE, by=make_user())

    assert while_open(deciding(plan), correcting) == [None, "published"]

    assert not without_reason(plan, Award.objects.standing().filter(plan=plan))


def test_control_without_the_plans_lock_a_choice_without_reason_is_published(monkeypatch):
    plan, entry, correcting = correction_and_the_first()
    choose(plan, entry, Kind.PROVINCE, by=make_user())
    for module in (publishing, marking):
        monkeypatch.setattr(module, "lock_plan", unlocked_plan)
    for module, name in ((publishing, "lock_considered"), (marking, "lock_dossier")):
        monkeypatch.setattr(module, name, lambda row: None)

    with without_backstop(EVENTS):
        assert while_open(correcting, deciding(plan)) == [None, None]
        assert without_reason(plan, Award.objects.standing().filter(plan=plan))


# A complaint arrives while the decisions are published


def complaint_and_publication():
    entry = make_valid().entries.get()
    choose(entry.plan, entry, Kind.PROVINCE, by=make_user())
    return entry, partial(make_complaint, entry.initiative, by=make_user()), deciding(entry.plan)


def test_a_publication_waits_for_a_complaint_and_is_refused():
    _, complaining, publishing_it = complaint_and_publication()

    assert while_open(complaining, publishing_it) == [None, "held_entry_chosen"]

    assert not Publication.objects.exists()


def test_a_letter_of_complaint_that_waits_for_the_publication_is_kept_for_a_correction():
    entry, complaining, publishing_it = complaint_and_publication()

    assert while_open(publishing_it, complaining) == [None, None]

    assert Complaint.objects.waiting().filter(initiative=entry.initiative).exists()
    assert Award.objects.standing().filter(entry=entry).exists()


def test_control_without_the_lock_what_is_held_is_published(monkeypatch):
    entry, complaining, publishing_it = complaint_and_publication()
    monkeypatch.setattr(publishing, "lock_considered", lambda plan: None)
    # The words on the author's record would wait for each other after all.
    monkeypatch.setattr(publishing, "tell_outcomes", lambda *args: None)
    unlocked_initiative = partial(Initiative.objects.select_related("campaign").get, pk=entry.initiative_id)
    monkeypatch.setattr(complaints, "locked_initiative", lambda initiative: unlocked_initiative())

    with without_backstop(EVENTS):
        assert while_open(complaining, publishing_it) == [None, None]
        assert Award.objects.standing().filter(entry__initiative__complaints__state="OPEN").exists()
