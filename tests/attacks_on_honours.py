"""Writes about national honours past every deed, which the database itself must refuse."""

from awards.honours import mark, publish, unmark
from awards.models import Amendment, Award, Honour, Kind
from tests.attacks import delete, insert, update
from tests.factories import IN_TIME, make_campaign, make_plan, make_user
from tests.honours import make_nominated
from tests.rows import copy_of


def make_honour():
    """A nomination that is marked, and not public yet."""
    (award,) = make_nominated()
    return mark(award.plan.campaign, award, by=make_user())


def make_published_honour():
    honour = make_honour()
    publish(honour.award.plan.campaign, "99/QĐ", IN_TIME.date(), by=make_user())
    return Honour.objects.get(pk=honour.pk)


def make_unmarked():
    honour = make_honour()
    unmark(honour.award.plan.campaign, honour.award, by=make_user())
    return Honour.objects.get(pk=honour.pk)


def make_decision():
    return make_published_honour().decision


def honour_what_is_not_published():
    (award,) = make_nominated(published=False)
    Honour.objects.create(award=award, marked_by=make_user(), marked_at=IN_TIME)


def honour_what_is_no_nomination():
    honour = make_honour()
    insert(honour, award=Award.objects.get(entry=honour.award.entry, kind=Kind.PROVINCE))


def begin_public():
    honour = make_published_honour()
    (other,) = make_nominated(make_plan(campaign=honour.decision.campaign))
    insert(honour, award=other)


def decide_what_was_unmarked():
    decision = make_published_honour().decision
    (award,) = make_nominated(make_plan(campaign=decision.campaign))
    honour = mark(decision.campaign, award, by=make_user())
    update(honour, taken_back_at=IN_TIME, taken_back_by=make_user(), decision=decision)


def decide_for_another_campaign():
    decision = make_decision()
    (award,) = make_nominated()
    update(mark(award.plan.campaign, award, by=make_user()), decision=decision_of_another(decision))


def decision_of_another(decision):
    """The same decision in a campaign of its own."""
    other = copy_of(decision, campaign=make_campaign(slug="khac"))
    other.save()
    return other


def take_back_what_is_honoured():
    award = make_published_honour().award
    revoked_on_record(award)
    update(Award.objects.get(pk=award.pk), place=None, taken_back_at=IN_TIME)


def revoked_on_record(award):
    Amendment.objects.create(
        publication=award.plan.publication,
        entry=award.entry,
        change="REVOKED",
        kind=award.kind,
        reason="Chép.",
        decision_number="15/QĐ",
        decision_date=IN_TIME.date(),
        made_by=make_user(),
        made_at=IN_TIME,
    )


ATTACKS = {
    "award_kept_while_honoured": ("honoured", take_back_what_is_honoured),
    "honour_of_published_nomination": ("not_nominated", honour_what_is_not_published),
    "honour_begins_private": ("not_marked", begin_public),
    "honour_is_of_one_award": ("honour_is_kept", lambda: update(make_honour(), marked_by=make_user())),
    "honour_decided_once": ("published", lambda: update(make_published_honour(), decision=None)),
    "honour_decided_while_it_stands": ("not_marked", decide_what_was_unmarked),
    "honour_taken_back_once": (
        "taken_back",
        lambda: update(make_unmarked(), taken_back_at=None, taken_back_by=None),
    ),
    "honour_never_deleted": ("never_deleted", lambda: delete(make_honour())),
    "honourdecision_never_deleted": ("never_deleted", lambda: delete(make_decision())),
    "honourdecision_never_changed": ("published", lambda: update(make_decision(), number="100/QĐ")),
}
MORE_ATTACKS = [
    ("not_nominated", honour_what_is_no_nomination),
    ("not_marked", decide_for_another_campaign),
    ("honour_is_kept", lambda: update(make_honour(), award=make_nominated()[0])),
]
