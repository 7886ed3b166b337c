"""Which unions still have to file, until when, and how that is said (R11)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse

from accounts.models import Union
from dossiers.models import OPEN_STATES, Dossier, Extension, Plan


@dataclass(frozen=True)
class Deadline:
    """Until when one union files its dossier; `reason` is that of its extension, where that is what counts."""

    union: Union
    plan_id: int
    dossier_id: int | None
    at: datetime
    reason: str

    @property
    def address(self):
        """Where the union goes on: its dossier, or the desk where it is begun."""
        return reverse("dossier", args=[self.dossier_id]) if self.dossier_id else reverse("desk")


def unfiled(unions):
    """Return the Deadline of each of these unions that files to a running plan and has not filed; one query."""
    plans = Plan.objects.filter(campaign__is_running=True, union=OuterRef("parent"))
    dossiers = Dossier.objects.filter(plan__campaign__is_running=True, plan__union=OuterRef("parent"))
    dossiers = dossiers.filter(union=OuterRef("pk"))
    extensions = Extension.objects.filter(plan=OuterRef("plan"), union=OuterRef("pk")).order_by("-until")
    found = unions.filter(is_active=True).annotate(
        plan=Subquery(plans.values("pk")[:1]),
        general=Subquery(plans.values("dossier_deadline")[:1]),
        extended=Subquery(extensions.values("until")[:1]),
        reason=Subquery(extensions.values("reason")[:1]),
        dossier=Subquery(dossiers.values("pk")[:1]),
        state=Subquery(dossiers.values("state")[:1]),
    )
    return [
        deadline_of(union)
        for union in found.filter(plan__isnull=False)
        .filter(Q(state=None) | Q(state__in=OPEN_STATES))
        .order_by(F("general"), "pk")
    ]


def deadline_of(union):
    is_extended = bool(union.extended) and union.extended > union.general
    return Deadline(
        union=union,
        plan_id=union.plan,
        dossier_id=union.dossier,
        at=union.extended if is_extended else union.general,
        reason=union.reason if is_extended else "",
    )


def in_words(length):
    """Say how much time is left: "2 ngày 5 giờ", on the last day "5 giờ 20 phút", at the end "20 phút"."""
    minutes = int(length / timedelta(minutes=1))
    days, hours = divmod(minutes // 60, 24)
    if days:
        return f"{days} ngày {hours} giờ"
    if hours:
        return f"{hours} giờ {minutes % 60} phút"
    return f"{minutes} phút" if minutes else "chưa đầy 1 phút"
