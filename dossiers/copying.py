"""Make plans from earlier ones: the same numbers, dates moved with their campaign (R16).

What an app hangs on a plan and wants copied with it stands as `PLAN_PARTS` in its `copied.py`: functions of (plan, new
plan, by). Number and day of issue are facts of a paper that is not written yet: they stay empty until then.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Level, Union
from config.declared import declared
from dossiers.models import Plan
from initiatives.copying import moved, shift_between
from initiatives.models import Campaign
from record.writing import write

KEPT = ("quota_upper", "quota_grassroots", "award_limit", "nomination_limit", "target")


@dataclass(frozen=True)
class Draft:
    """A plan that would be made: whose, from which, and with which deadline."""

    union: Union
    source: Plan
    deadline: datetime


def unions_without_plan(campaign):
    """Return the top unions that have no plan in a campaign, by name."""
    planned = Plan.objects.filter(campaign=campaign).values("union")
    return Union.objects.filter(level=Level.TOP, is_active=True).exclude(pk__in=planned).order_by("name")


def drafts_from_campaign(earlier, campaign):
    """Return the Drafts for a campaign from another one's plans, of the unions that have none yet."""
    unions = {union.pk: union for union in unions_without_plan(campaign)}
    plans = Plan.objects.filter(campaign=earlier, union__in=unions).select_related("union").order_by("union__name")
    return [Draft(unions[plan.union_id], plan, deadline_in(plan, campaign)) for plan in plans]


def drafts_from_plan(plan, campaign):
    """Return the Drafts for all unions that have no plan yet, with the numbers of one plan."""
    deadline = deadline_in(plan, campaign)
    return [Draft(union, plan, deadline) for union in unions_without_plan(campaign)]


def deadline_in(plan, campaign):
    return moved(plan.dossier_deadline, shift_of(plan, campaign))


def shift_of(plan, campaign):
    if plan.campaign_id == campaign.pk:
        return timedelta(0)
    return shift_between(plan.campaign.opens_at, campaign.opens_at)


def locked_campaign(campaign):
    return Campaign.objects.select_for_update(no_key=True).get(pk=campaign.pk)


@transaction.atomic
def copy_plans(drafts, campaign, *, by):
    """Make the plans of these Drafts, or none of them, and return them. Refuses `nothing_chosen`, `plan_exists`."""
    if not drafts:
        raise ValidationError("Chưa chọn tỉnh, ngành nào.", code="nothing_chosen")
    # Two people at once: the second waits, then finds the plans of the first.
    campaign = locked_campaign(campaign)
    existing = Plan.objects.filter(campaign=campaign, union__in=[draft.union for draft in drafts])
    if first := existing.select_related("union").first():
        raise ValidationError(
            f"{first.union} đã có kế hoạch trong chương trình này. Hãy xem lại danh sách rồi tạo lần nữa.",
            code="plan_exists",
        )
    return [copy_plan(draft.source, campaign, draft.union, by=by) for draft in drafts]


def copy_plan(plan, campaign, union, *, by):
    """Make one plan; what belongs to its union alone is copied only for the same union. Needs the campaign's lock."""
    is_own = plan.union_id == union.pk
    try:
        with transaction.atomic():
            new = Plan.objects.create(
                campaign=campaign,
                union=union,
                number="",
                issued_on=None,
                dossier_deadline=deadline_in(plan, campaign),
                mailbox=plan.mailbox if is_own else "",
                **{name: getattr(plan, name) for name in KEPT},
            )
    except IntegrityError as error:
        raise ValidationError(f"{union} đã có kế hoạch trong chương trình này.", code="plan_exists") from error
    after = {"plan": plan.pk, "dossier_deadline": new.dossier_deadline, **{n: getattr(new, n) for n in KEPT}}
    write(new, "copied", by=by, after=after, is_first=True)
    for copy_part in declared("copied", "PLAN_PARTS"):
        copy_part(plan, new, by=by)
    return new
