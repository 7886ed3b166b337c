"""What the first page of the admin tells a board, plan by plan: what waits, how far it is, until when."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q

from awards.board_charts import charts_of
from awards.candidates import candidates_of
from awards.models import Complaint, CouncilMember, Duty, FiledDossier, Kind, ScoreSheet, Selection
from awards.outcome_letters import unsent_by_plan
from awards.scoring import entries_to_mark, with_branches
from config import clock
from dossiers.models import State


@dataclass(frozen=True)
class Ahead:
    """A date that is still to come; `days` are whole days left."""

    words: str
    at: datetime

    @property
    def days(self):
        return (self.at - clock.now()).days


@dataclass(frozen=True)
class Block:
    """One plan on the first page; numbers of what waits, places taken, the newest list for objections (or None)."""

    plan: Selection
    to_judge: int
    complaints_new: int
    complaints_taken: int
    to_mark: int
    council_to_mark: int
    letters: int
    newest: object
    charts: list
    judged: int

    @property
    def is_published(self):
        return hasattr(self.plan, "publication")

    @property
    def rules(self):
        return getattr(self.plan, "scoring", None)

    @property
    def is_list_open(self):
        return self.newest is not None and not self.is_published and clock.now() < self.newest.closes_at

    @property
    def ahead(self):
        """The dates to come, the next one first."""
        dates = [Ahead("Hạn nhận hồ sơ", self.plan.dossier_deadline)]
        dates += [Ahead("Lấy ý kiến", self.newest.closes_at)] if self.newest else []
        return sorted((date for date in dates if date.at > clock.now()), key=lambda date: date.at)

    @property
    def current(self):
        """The step of the procedure that this plan stands at: the first that is not done."""
        done = {
            "ho-so": self.judged and not self.to_judge and self.plan.dossier_deadline <= clock.now(),
            "lay-y-kien": self.newest is not None and not self.is_list_open,
            "cham-diem": self.rules is not None and self.rules.closed_at,
            "xet-chon": self.plan.awarded >= self.plan.award_limit,
            "van-ban": self.plan.minutes > 0,
        }
        if self.is_published:
            return "cong-bo"
        return next((step for step, is_done in done.items() if not is_done), "cong-bo")


def blocks_for(user):
    """Return the Blocks of the plans that a user's board decides on, in a constant number of queries."""
    plans = list(plans_of(user))
    to_judge, judged = dossiers_of(plans)
    complaints = complaints_of(user)
    own, council = marks_missing(user, [plan for plan in plans if not hasattr(plan, "publication")])
    letters, charts = unsent_by_plan(plans), charts_of(plans)
    return [
        Block(
            plan,
            to_judge=0 if hasattr(plan, "publication") else to_judge[plan.pk],
            complaints_new=complaints[plan.union_id, plan.campaign_id, True],
            complaints_taken=complaints[plan.union_id, plan.campaign_id, False],
            to_mark=own[plan.pk],
            council_to_mark=council[plan.pk],
            letters=letters[plan.pk],
            newest=max(plan.shortlists.all(), key=lambda one: one.version, default=None),
            charts=charts[plan.pk],
            judged=judged[plan.pk],
        )
        for plan in plans
    ]


def plans_of(user):
    standing = Q(awards__taken_back_at=None)
    closed = Q(meetings__closed_at__isnull=False)
    plans = Selection.objects.decided_by(user).select_related("union", "campaign", "publication", "scoring")
    return plans.prefetch_related("shortlists").annotate(
        awarded=Count("awards", filter=standing & Q(awards__kind=Kind.PROVINCE), distinct=True),
        nominated=Count("awards", filter=standing & Q(awards__kind=Kind.NATIONAL), distinct=True),
        minutes=Count("meetings", filter=closed, distinct=True),
    )


def dossiers_of(plans):
    """Return two Counters by plan: dossiers to judge, and those judged valid or not."""
    waiting, judged = Counter(), Counter()
    filed = FiledDossier.objects.filter(plan__in=plans).order_by().values_list("plan", "state")
    for plan, state, number in filed.annotate(number=Count("pk")):
        waiting[plan] += number if state == State.FILED else 0
        judged[plan] += number if state in {State.VALID, State.INVALID} else 0
    return waiting, judged


def complaints_of(user):
    """Return a Counter of complaints that wait by (top union, campaign, whether they are still to be taken up)."""
    waiting = Complaint.objects.visible_to(user).waiting().order_by()
    keys = waiting.values_list("initiative__top", "initiative__campaign", "taken_up_at")
    return Counter((top, campaign, taken_up_at is None) for top, campaign, taken_up_at in keys)


def marks_missing(user, plans):
    """Return two Counters by plan: entries that wait for this person's mark; for whoever keeps order, for anybody's."""
    seats = list(with_branches(CouncilMember.objects.filter(user=user, plan__in=plans).sitting()))
    own = [entries_to_mark(seat).filter(has_enough=False).order_by().values_list("plan") for seat in seats]
    own = Counter(plan for (plan,) in (own[0].union(*own[1:], all=True) if own else ()))
    only_marks = {seat.plan_id for seat in seats if seat.duty == Duty.MEMBER}
    kept = [plan for plan in plans if plan.pk not in only_marks]
    begun = candidates_of(kept).filter(plan__scoring__begun_at__isnull=False)
    missing = begun.filter(~Exists(ScoreSheet.objects.enough_for(OuterRef("pk")))).order_by()
    council = dict(missing.values_list("plan").annotate(number=Count("pk")))
    return own, Counter(council)
